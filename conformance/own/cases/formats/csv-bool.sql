-- about: booleans
-- mode: streaming
-- compare: rows
-- inputs: csv-bool.csv

CREATE TABLE t (a BOOLEAN, b BOOLEAN) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-bool.csv', 'format' = 'csv');

SELECT * FROM t;
