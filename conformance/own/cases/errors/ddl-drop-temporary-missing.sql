-- about: ddl drop temporary missing
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

DROP TEMPORARY TABLE lhs;

SELECT 1;
