-- about: ddl empty columns
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t () WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
