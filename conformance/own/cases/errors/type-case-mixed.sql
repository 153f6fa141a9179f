-- about: type case mixed
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT CASE WHEN k = 1 THEN 'a' ELSE TRUE END FROM lhs;
