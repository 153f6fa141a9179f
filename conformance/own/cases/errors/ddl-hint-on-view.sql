-- about: ddl hint on view
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE VIEW w AS SELECT k FROM lhs;

SELECT * FROM w /*+ OPTIONS('path'='x') */;
