-- about: keys that are not read
-- mode: streaming
-- compare: rows
-- inputs: json-extra.ndjson

CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-extra.ndjson', 'format' = 'json');

SELECT * FROM t;
