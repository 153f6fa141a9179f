-- about: ddl no path
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (k INT, v STRING) WITH ('connector'='filesystem','format'='json');

SELECT * FROM t;
