-- about: a row that is too long
-- mode: streaming
-- compare: error
-- inputs: csv-long.csv

CREATE TABLE t (a INT, b INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-long.csv', 'format' = 'csv');

SELECT * FROM t;
