-- about: ddl key enforced
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT PRIMARY KEY, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
