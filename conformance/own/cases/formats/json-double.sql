-- about: JSON values read as DOUBLE, errors ignored
-- mode: streaming
-- compare: rows
-- inputs: json-double.ndjson

CREATE TABLE t (id INT, v DOUBLE) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-double.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
