-- about: NaN without quotes
-- mode: streaming
-- compare: error
-- inputs: json-nan.ndjson

CREATE TABLE t (a DOUBLE) WITH ('connector' = 'filesystem', 'path' = '${DATA}/json-nan.ndjson', 'format' = 'json');

SELECT * FROM t;
