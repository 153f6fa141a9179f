-- about: a watermark on a TIMESTAMP of seven digits
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (a TIMESTAMP(7), WATERMARK FOR a AS a) WITH ('connector' = 'datagen');

SELECT a FROM t;
