-- about: JSON values read as ROW<x INT, y STRING>, errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-row.ndjson

CREATE TABLE t (id INT, v ROW<x INT, y STRING>) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-row.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
