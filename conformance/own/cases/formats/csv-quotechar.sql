-- about: another quote
-- mode: streaming
-- compare: rows
-- inputs: csv-quotechar.csv

CREATE TABLE t (a INT, b STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-quotechar.csv', 'format' = 'csv', 'csv.quote-character' = '''');

SELECT * FROM t;
