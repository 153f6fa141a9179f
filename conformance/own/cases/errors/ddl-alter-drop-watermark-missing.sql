-- about: ddl alter drop watermark missing
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

ALTER TABLE lhs DROP WATERMARK;

SELECT 1;
