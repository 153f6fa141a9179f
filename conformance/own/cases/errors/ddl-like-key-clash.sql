-- about: ddl like key clash
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE b (k INT, v STRING, PRIMARY KEY (k) NOT ENFORCED) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE t (PRIMARY KEY (v) NOT ENFORCED) LIKE b;

SELECT 1;
