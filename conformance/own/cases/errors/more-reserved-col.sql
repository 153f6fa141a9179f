-- about: a reserved word as a column
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (user INT, select STRING) WITH ('connector' = 'datagen');

SELECT 1;
