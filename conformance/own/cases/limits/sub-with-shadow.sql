-- about: a WITH that hides a table
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE lhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/left.ndjson',
  'format' = 'json'
);

WITH lhs2 AS (SELECT k, v FROM lhs WHERE k > 1), agg AS (SELECT k, COUNT(*) AS c FROM lhs2 GROUP BY k) SELECT l.k, l.v, a.c FROM lhs2 AS l JOIN agg AS a ON l.k = a.k;
