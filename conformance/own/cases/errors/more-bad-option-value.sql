-- about: a bad value of an option
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/left.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'perhaps');

SELECT * FROM t;
