-- about: escapes
-- mode: streaming
-- compare: rows
-- inputs: json-escapes.ndjson

CREATE TABLE t (s STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-escapes.ndjson', 'format' = 'json');

SELECT * FROM t;
