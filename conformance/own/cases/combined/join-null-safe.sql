-- about: IS NOT DISTINCT FROM on two columns
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

SELECT l.k, l.v, COUNT(*) AS c FROM lhs AS l JOIN rhs AS r ON l.k IS NOT DISTINCT FROM r.k AND l.v IS NOT DISTINCT FROM r.v GROUP BY l.k, l.v;
