-- about: temporal values
-- mode: streaming
-- compare: rows
-- inputs: csv-temporal.csv

CREATE TABLE t (a DATE, b TIME(0), c TIMESTAMP(3), d TIMESTAMP_LTZ(3)) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-temporal.csv', 'format' = 'csv');

SELECT * FROM t;
