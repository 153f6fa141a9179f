-- about: a primary key on an unknown column
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (a INT, PRIMARY KEY (b) NOT ENFORCED) WITH ('connector' = 'datagen');

SELECT a FROM t;
