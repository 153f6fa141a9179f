-- about: a column declared twice
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (a INT, a STRING) WITH ('connector' = 'datagen');

SELECT a FROM t;
