-- about: a column that is NOT NULL and is NULL
-- mode: streaming
-- compare: error
-- inputs: json-notnull.ndjson

CREATE TABLE t (a INT NOT NULL, b STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-notnull.ndjson', 'format' = 'json');

SELECT * FROM t;
