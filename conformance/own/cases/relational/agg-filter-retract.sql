-- about: agg filter retract
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

SELECT COUNT(*) FILTER (WHERE n > 2) AS c, SUM(n) FILTER (WHERE v IS NOT NULL) AS s FROM (SELECT v, COUNT(*) AS n FROM lhs GROUP BY v);
