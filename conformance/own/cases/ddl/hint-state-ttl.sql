-- about: hint state ttl
-- mode: streaming
-- compare: rows
-- inputs: left.ndjson, right.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE rhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/right.ndjson','format'='json');

SELECT /*+ STATE_TTL('lhs'='1 d', 'rhs'='2 d') */ lhs.k, rhs.v FROM lhs JOIN rhs ON lhs.k = rhs.k;
