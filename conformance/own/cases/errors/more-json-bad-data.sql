-- about: a line that is no JSON of its type
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (k STRING, v INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/left.ndjson', 'format' = 'json');

SELECT * FROM t;
