-- about: a boolean that is none
-- mode: streaming
-- compare: rows
-- inputs: csv-boolbad.csv

CREATE TABLE t (a BOOLEAN) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-boolbad.csv', 'format' = 'csv');

SELECT * FROM t;
