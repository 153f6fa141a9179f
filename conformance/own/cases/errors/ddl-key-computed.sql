-- about: ddl key computed
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, v AS k + 1, PRIMARY KEY (v) NOT ENFORCED) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
