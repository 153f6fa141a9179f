-- about: an INT that is none
-- mode: streaming
-- compare: error
-- inputs: csv-intbad.csv

CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-intbad.csv', 'format' = 'csv');

SELECT * FROM t;
