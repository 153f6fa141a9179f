-- about: ddl key enforced 2
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, v STRING, PRIMARY KEY (k) ENFORCED) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
