-- about: comparisons with ANY and ALL
-- mode: both
-- compare: rows
-- inputs: left.ndjson, right.ndjson

CREATE TABLE lhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/left.ndjson',
  'format' = 'json'
);

CREATE TABLE rhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/right.ndjson',
  'format' = 'json'
);

SELECT k, v FROM lhs WHERE k > ALL (SELECT k FROM rhs WHERE v = 'p' AND k IS NOT NULL) OR k = ANY (SELECT 2);
