-- about: a missing comma between columns
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (a INT b STRING) WITH ('connector' = 'datagen');

SELECT a FROM t;
