-- about: ddl watermark precision
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, ts TIMESTAMP(6), WATERMARK FOR ts AS ts) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
