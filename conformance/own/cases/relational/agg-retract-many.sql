-- about: agg retract many
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

SELECT t.n, MIN(t.v) AS mn, MAX(t.v) AS mx, COUNT(DISTINCT t.v) AS d, SUM(t.m) AS s, AVG(t.m) AS a, STDDEV_POP(t.m) AS sd, VAR_SAMP(t.m) AS vs FROM (SELECT v, COUNT(*) AS n, SUM(k) AS m FROM lhs GROUP BY v) AS t GROUP BY t.n;
