-- about: ddl partition unknown
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, v STRING) PARTITIONED BY (zz) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
