-- about: a computed column over an unknown one
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (a INT, b AS c + 1) WITH ('connector' = 'datagen');

SELECT b FROM t;
