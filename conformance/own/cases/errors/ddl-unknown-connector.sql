-- about: ddl unknown connector
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (k INT, v STRING) WITH ('connector'='filesytem','path'='x','format'='json');

SELECT * FROM t;
