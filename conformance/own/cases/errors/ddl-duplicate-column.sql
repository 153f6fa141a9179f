-- about: ddl duplicate column
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (a INT, a STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
