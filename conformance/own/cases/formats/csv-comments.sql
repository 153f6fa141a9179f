-- about: comments
-- mode: streaming
-- compare: rows
-- inputs: csv-comments.csv

CREATE TABLE t (a INT, b STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-comments.csv', 'format' = 'csv', 'csv.allow-comments' = 'true');

SELECT * FROM t;
