-- about: JSON values read as BOOLEAN, errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-boolean.ndjson

CREATE TABLE t (id INT, v BOOLEAN) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-boolean.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
