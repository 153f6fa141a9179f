-- about: spaces around values
-- mode: streaming
-- compare: rows
-- inputs: csv-spaces.csv

CREATE TABLE t (a INT, b STRING, c DOUBLE) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-spaces.csv', 'format' = 'csv');

SELECT * FROM t;
