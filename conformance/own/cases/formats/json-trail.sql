-- about: a comma too many
-- mode: streaming
-- compare: error
-- inputs: json-trail.ndjson

CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-trail.ndjson', 'format' = 'json');

SELECT * FROM t;
