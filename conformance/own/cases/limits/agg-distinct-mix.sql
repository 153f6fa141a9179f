-- about: several distinct aggregates
-- mode: both
-- compare: rows
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

SELECT k, COUNT(DISTINCT v) AS dv, SUM(DISTINCT v) AS sv, COUNT(DISTINCT ok) AS dk, COUNT(DISTINCT v) FILTER (WHERE id > 50) AS df FROM ev GROUP BY k;
