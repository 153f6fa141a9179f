-- about: ddl key twice
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT PRIMARY KEY NOT ENFORCED, v STRING PRIMARY KEY NOT ENFORCED) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
