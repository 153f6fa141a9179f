-- about: floats
-- mode: streaming
-- compare: rows
-- inputs: csv-float.csv

CREATE TABLE t (a FLOAT, b DOUBLE) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-float.csv', 'format' = 'csv');

SELECT * FROM t;
