-- about: ddl distributed unknown
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, v STRING) DISTRIBUTED BY HASH(zz) INTO 4 BUCKETS WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
