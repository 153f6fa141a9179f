-- about: a FULL JOIN with COALESCE in keys and group
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

SELECT COALESCE(a.k, b.k) AS k, COUNT(a.v) AS av, COUNT(b.v) AS bv FROM lhs AS a FULL JOIN rhs AS b ON a.k = b.k AND a.v = b.v GROUP BY COALESCE(a.k, b.k);
