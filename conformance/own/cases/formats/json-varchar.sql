-- about: JSON values read as VARCHAR(2), errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-varchar.ndjson

CREATE TABLE t (id INT, v VARCHAR(2)) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-varchar.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
