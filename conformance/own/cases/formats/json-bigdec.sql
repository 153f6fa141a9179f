-- about: long numbers
-- mode: streaming
-- compare: rows
-- inputs: json-bigdec.ndjson

CREATE TABLE t (a DECIMAL(38, 18), b DECIMAL(38, 0), c DOUBLE) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-bigdec.ndjson', 'format' = 'json');

SELECT * FROM t;
