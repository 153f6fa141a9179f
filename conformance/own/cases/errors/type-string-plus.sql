-- about: type string plus
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT v + 1 FROM lhs;
