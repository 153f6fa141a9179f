-- about: errors ignored
-- mode: streaming
-- compare: rows
-- inputs: csv-ignore.csv

CREATE TABLE t (a INT, b INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-ignore.csv', 'format' = 'csv', 'csv.ignore-parse-errors' = 'true');

SELECT * FROM t;
