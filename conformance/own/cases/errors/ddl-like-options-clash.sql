-- about: ddl like options clash
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE t WITH ('format'='csv') LIKE lhs (INCLUDING OPTIONS);

SELECT 1;
