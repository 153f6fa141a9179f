-- about: ddl alter add key again
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, v STRING, PRIMARY KEY (k) NOT ENFORCED) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

ALTER TABLE t ADD PRIMARY KEY (v) NOT ENFORCED;

SELECT 1;
