-- about: ddl unknown type
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INTT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
