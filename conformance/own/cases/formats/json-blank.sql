-- about: a blank line
-- mode: streaming
-- compare: rows
-- inputs: json-blank.ndjson

CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-blank.ndjson', 'format' = 'json');

SELECT * FROM t;
