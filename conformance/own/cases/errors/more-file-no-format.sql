-- about: a file without a format
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/left.ndjson');

SELECT * FROM t;
