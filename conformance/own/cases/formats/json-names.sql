-- about: odd names
-- mode: streaming
-- compare: rows
-- inputs: json-names.ndjson

CREATE TABLE t (`a b` INT, `select` STRING, `ü` INT, `a.b` INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-names.ndjson', 'format' = 'json');

SELECT * FROM t;
