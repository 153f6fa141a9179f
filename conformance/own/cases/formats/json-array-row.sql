-- about: JSON values read as ARRAY<ROW<x INT>>, errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-array-row.ndjson

CREATE TABLE t (id INT, v ARRAY<ROW<x INT>>) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-array-row.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
