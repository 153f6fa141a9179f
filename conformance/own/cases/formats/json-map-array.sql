-- about: JSON values read as MAP<STRING, ARRAY<INT>>, errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-map-array.ndjson

CREATE TABLE t (id INT, v MAP<STRING, ARRAY<INT>>) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-map-array.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
