-- about: JSON values read as TINYINT, errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-tinyint.ndjson

CREATE TABLE t (id INT, v TINYINT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-tinyint.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
