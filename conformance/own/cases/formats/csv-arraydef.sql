-- about: arrays with the usual delimiter
-- mode: streaming
-- compare: rows
-- inputs: csv-arraydef.csv

CREATE TABLE t (a INT, b ARRAY<STRING>) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-arraydef.csv', 'format' = 'csv');

SELECT * FROM t;
