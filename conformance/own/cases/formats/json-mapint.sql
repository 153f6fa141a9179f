-- about: a map with keys of numbers
-- mode: streaming
-- compare: error
-- inputs: json-mapint.ndjson

CREATE TABLE t (m MAP<INT, STRING>) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-mapint.ndjson', 'format' = 'json');

SELECT * FROM t;
