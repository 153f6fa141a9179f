-- about: LEFT then FULL then RIGHT joins
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

SELECT a.k AS ak, b.k AS bk, c.n FROM (SELECT DISTINCT k FROM lhs) AS a LEFT JOIN (SELECT DISTINCT k FROM rhs WHERE v = 'p') AS b ON a.k = b.k FULL JOIN (SELECT k, COUNT(*) AS n FROM rhs GROUP BY k) AS c ON b.k = c.k;
