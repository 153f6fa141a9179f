-- about: bytes
-- mode: streaming
-- compare: rows
-- inputs: csv-bytes.csv

CREATE TABLE t (a BYTES, b INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/csv-bytes.csv', 'format' = 'csv');

SELECT * FROM t;
