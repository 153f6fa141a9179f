-- about: a watermark on a text
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (a STRING, WATERMARK FOR a AS a) WITH ('connector' = 'datagen');

SELECT a FROM t;
