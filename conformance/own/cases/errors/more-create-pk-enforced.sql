-- about: a primary key that is enforced
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (a INT, PRIMARY KEY (a)) WITH ('connector' = 'datagen');

SELECT a FROM t;
