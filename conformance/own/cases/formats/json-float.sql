-- about: JSON values read as FLOAT, errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-float.ndjson

CREATE TABLE t (id INT, v FLOAT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-float.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
