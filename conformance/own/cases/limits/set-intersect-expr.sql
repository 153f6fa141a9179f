-- about: INTERSECT of expressions
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

SELECT k * 2, COALESCE(v, '-') FROM lhs INTERSECT SELECT k + k, COALESCE(v, '-') FROM rhs;
