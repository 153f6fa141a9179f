-- about: cube retract
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

SELECT t.v, t.n, COUNT(*) AS c, GROUPING(t.v) AS g FROM (SELECT k, MAX(v) AS v, COUNT(*) AS n FROM lhs GROUP BY k) AS t GROUP BY CUBE (t.v, t.n);
