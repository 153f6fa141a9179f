-- about: ddl alter drop key column
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, v STRING, PRIMARY KEY (k) NOT ENFORCED) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

ALTER TABLE t DROP k;

SELECT 1;
