-- about: a missing field, when that is to fail
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (k INT, zz INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/left.ndjson', 'format' = 'json', 'json.fail-on-missing-field' = 'true');

SELECT * FROM t;
