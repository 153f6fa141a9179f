-- about: JSON values read as DATE, errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-date.ndjson

CREATE TABLE t (id INT, v DATE) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-date.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
