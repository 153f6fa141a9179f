-- about: single quotes
-- mode: streaming
-- compare: error
-- inputs: json-single.ndjson

CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-single.ndjson', 'format' = 'json');

SELECT * FROM t;
