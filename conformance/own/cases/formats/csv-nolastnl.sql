-- about: no newline at the end
-- mode: streaming
-- compare: rows
-- inputs: csv-nolastnl.csv

CREATE TABLE t (a INT, b STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-nolastnl.csv', 'format' = 'csv');

SELECT * FROM t;
