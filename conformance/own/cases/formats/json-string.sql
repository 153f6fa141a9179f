-- about: JSON values read as STRING, errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-string.ndjson

CREATE TABLE t (id INT, v STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-string.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
