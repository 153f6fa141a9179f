-- about: quotes that are text
-- mode: streaming
-- compare: rows
-- inputs: csv-noquote.csv

CREATE TABLE t (a INT, b STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-noquote.csv', 'format' = 'csv', 'csv.disable-quote-character' = 'true');

SELECT * FROM t;
