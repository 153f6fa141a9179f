-- about: a tab as delimiter, escaped
-- mode: streaming
-- compare: rows
-- inputs: csv-tab.csv

CREATE TABLE t (a INT, b STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-tab.csv', 'format' = 'csv', 'csv.field-delimiter' = '\t');

SELECT * FROM t;
