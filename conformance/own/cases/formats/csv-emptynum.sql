-- about: empty fields of all types
-- mode: streaming
-- compare: error
-- inputs: csv-emptynum.csv

CREATE TABLE t (a INT, b BIGINT, c DECIMAL(5, 2), d BOOLEAN, e DATE) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-emptynum.csv', 'format' = 'csv');

SELECT * FROM t;
