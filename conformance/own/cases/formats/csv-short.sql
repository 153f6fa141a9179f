-- about: a row that is too short
-- mode: streaming
-- compare: error
-- inputs: csv-short.csv

CREATE TABLE t (a INT, b INT, c STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-short.csv', 'format' = 'csv');

SELECT * FROM t;
