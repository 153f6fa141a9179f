-- about: text beyond ASCII
-- mode: streaming
-- compare: rows
-- inputs: csv-unicode.csv

CREATE TABLE t (a STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-unicode.csv', 'format' = 'csv');

SELECT * FROM t;
