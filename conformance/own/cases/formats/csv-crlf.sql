-- about: lines that end in CR LF
-- mode: streaming
-- compare: rows
-- inputs: csv-crlf.csv

CREATE TABLE t (a INT, b STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-crlf.csv', 'format' = 'csv');

SELECT * FROM t;
