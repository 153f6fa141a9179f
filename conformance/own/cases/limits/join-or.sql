-- about: a join on OR below an equality
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

SELECT a.k, a.v, b.v AS bv FROM lhs AS a JOIN rhs AS b ON a.k = b.k AND (a.v = b.v OR a.v IS NULL OR b.v IS NULL);
