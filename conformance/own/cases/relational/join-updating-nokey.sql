-- about: join updating nokey
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

SELECT a.n, b.n AS m FROM (SELECT n FROM (SELECT v, COUNT(*) AS n FROM lhs GROUP BY v)) AS a FULL JOIN (SELECT n FROM (SELECT k, COUNT(*) AS n FROM rhs GROUP BY k)) AS b ON a.n = b.n;
