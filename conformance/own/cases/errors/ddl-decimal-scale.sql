-- about: ddl decimal scale
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k DECIMAL(5, 6), v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
