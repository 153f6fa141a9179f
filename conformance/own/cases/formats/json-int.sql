-- about: JSON values read as INT, errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-int.ndjson

CREATE TABLE t (id INT, v INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-int.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
