-- about: JSON values read as TIMESTAMP(9), errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-timestamp9.ndjson

CREATE TABLE t (id INT, v TIMESTAMP(9)) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-timestamp9.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
