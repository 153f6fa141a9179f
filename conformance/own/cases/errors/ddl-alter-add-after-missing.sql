-- about: ddl alter add after missing
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

ALTER TABLE lhs ADD x INT AFTER zz;

SELECT 1;
