-- about: a literal for NULL
-- mode: streaming
-- compare: rows
-- inputs: csv-nullliteral.csv

CREATE TABLE t (a INT, b STRING, c INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-nullliteral.csv', 'format' = 'csv', 'csv.null-literal' = 'N/A');

SELECT * FROM t;
