-- about: ddl delete
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

DELETE FROM lhs WHERE k = 1;

SELECT 1;
