-- about: hint options
-- mode: streaming
-- compare: rows
-- inputs: left.ndjson, right.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM lhs /*+ OPTIONS('path'='${DATA}/right.ndjson') */;
