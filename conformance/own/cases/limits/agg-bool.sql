-- about: aggregates of booleans
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

SELECT k, MIN(ok) AS mn, MAX(ok) AS mx, COUNT(ok) AS c, COUNT(*) FILTER (WHERE ok IS NULL) AS n FROM ev GROUP BY k;
