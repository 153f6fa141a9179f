-- about: JSON values read as BIGINT, errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-bigint.ndjson

CREATE TABLE t (id INT, v BIGINT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-bigint.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
