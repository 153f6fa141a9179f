-- about: an unknown type in a table
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (a INTT) WITH ('connector' = 'datagen');

SELECT a FROM t;
