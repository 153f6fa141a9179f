-- about: ddl timestamp precision
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k TIMESTAMP(10), v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
