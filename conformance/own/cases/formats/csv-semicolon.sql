-- about: another delimiter
-- mode: streaming
-- compare: rows
-- inputs: csv-semicolon.csv

CREATE TABLE t (a INT, b STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-semicolon.csv', 'format' = 'csv', 'csv.field-delimiter' = ';');

SELECT * FROM t;
