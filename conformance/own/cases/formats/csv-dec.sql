-- about: decimals
-- mode: streaming
-- compare: rows
-- inputs: csv-dec.csv

CREATE TABLE t (a DECIMAL(5, 2), b DECIMAL(10, 0)) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-dec.csv', 'format' = 'csv');

SELECT * FROM t;
