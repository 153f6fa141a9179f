-- about: ddl watermark unknown expression
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, ts TIMESTAMP(3), WATERMARK FOR ts AS zz - INTERVAL '1' SECOND) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
