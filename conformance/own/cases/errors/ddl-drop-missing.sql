-- about: ddl drop missing
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

DROP TABLE nope;

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM lhs;
