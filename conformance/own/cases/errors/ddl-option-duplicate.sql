-- about: ddl option duplicate
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json','format'='csv');

SELECT * FROM t;
