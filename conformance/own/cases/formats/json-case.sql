-- about: keys that differ by case
-- mode: streaming
-- compare: rows
-- inputs: json-case.ndjson

CREATE TABLE t (a INT, A INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-case.ndjson', 'format' = 'json');

SELECT * FROM t;
