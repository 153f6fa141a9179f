-- about: rows that are NULL
-- mode: streaming
-- compare: rows
-- inputs: json-nullrow.ndjson

CREATE TABLE t (a INT, r ROW<x INT>) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-nullrow.ndjson', 'format' = 'json');

SELECT * FROM t;
