-- about: a cross join of two global aggregates
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

SELECT a.n, b.n AS m, a.n * 1.0 / b.n AS r FROM (SELECT COUNT(*) AS n FROM lhs WHERE k IS NOT NULL) AS a, (SELECT COUNT(k) AS n FROM rhs) AS b;
