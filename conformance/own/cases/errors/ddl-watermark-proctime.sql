-- about: ddl watermark proctime
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, ts AS PROCTIME(), WATERMARK FOR ts AS ts) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
