-- about: JSON values read as CHAR(3), errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-char.ndjson

CREATE TABLE t (id INT, v CHAR(3)) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-char.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
