-- about: ddl computed on computed
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, a AS k + 1, b AS a + 1) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
