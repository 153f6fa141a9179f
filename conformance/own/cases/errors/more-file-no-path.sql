-- about: a file without a path
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'format' = 'json');

SELECT * FROM t;
