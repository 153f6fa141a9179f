-- about: an unknown option of a connector
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/left.ndjson', 'format' = 'json', 'pathh' = 'x');

SELECT * FROM t;
