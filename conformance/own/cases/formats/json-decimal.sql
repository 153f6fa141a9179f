-- about: JSON values read as DECIMAL(5, 2), errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-decimal.ndjson

CREATE TABLE t (id INT, v DECIMAL(5, 2)) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-decimal.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
