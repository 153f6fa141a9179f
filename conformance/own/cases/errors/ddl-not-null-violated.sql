-- about: ddl not null violated
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT NOT NULL, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
