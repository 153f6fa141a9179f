-- about: ISO-8601 timestamps
-- mode: streaming
-- compare: rows
-- inputs: json-iso.ndjson

CREATE TABLE t (a TIMESTAMP(3), b TIMESTAMP_LTZ(3), c TIME(0)) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-iso.ndjson', 'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601');

SELECT * FROM t;
