-- about: hint options alias
-- mode: streaming
-- compare: rows
-- inputs: left.ndjson, right.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT x.k FROM lhs /*+ OPTIONS('path'='${DATA}/right.ndjson') */ AS x;
