-- about: an unknown connector
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (a INT) WITH ('connector' = 'kafcar');

SELECT * FROM t;
