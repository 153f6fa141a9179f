-- about: plain values and quotes
-- mode: streaming
-- compare: error
-- inputs: csv-plain.csv

CREATE TABLE t (a INT, b STRING, c DOUBLE) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-plain.csv', 'format' = 'csv');

SELECT * FROM t;
