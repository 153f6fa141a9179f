-- about: ddl watermark twice
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts, WATERMARK FOR ts AS ts) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
