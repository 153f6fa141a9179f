-- about: lines that are no objects, ignored
-- mode: streaming
-- compare: rows
-- inputs: json-blanklenient.ndjson

CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-blanklenient.ndjson', 'format' = 'json', 'json.ignore-parse-errors' = 'true');

SELECT * FROM t;
