-- about: arrays and rows
-- mode: streaming
-- compare: rows
-- inputs: csv-arrays.csv

CREATE TABLE t (a INT, b ARRAY<INT>, c ROW<x INT, y STRING>) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-arrays.csv', 'format' = 'csv', 'csv.array-element-delimiter' = '|');

SELECT * FROM t;
