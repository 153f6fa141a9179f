-- about: ddl computed aggregate
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, a AS SUM(k)) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
