-- about: ddl no format
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson');

SELECT * FROM t;
