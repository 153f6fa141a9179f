-- about: a leading zero
-- mode: streaming
-- compare: error
-- inputs: json-leading.ndjson

CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-leading.ndjson', 'format' = 'json');

SELECT * FROM t;
