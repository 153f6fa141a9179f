-- about: ddl option value
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json','json.ignore-parse-errors'='maybe');

SELECT * FROM t;
