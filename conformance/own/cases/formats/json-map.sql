-- about: JSON values read as MAP<STRING, INT>, errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-map.ndjson

CREATE TABLE t (id INT, v MAP<STRING, INT>) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-map.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
