-- about: sums of doubles at the limits
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

SELECT k, MIN(d) AS mn, MAX(d) AS mx, COUNT(d) AS c, SUM(CASE WHEN d < 1e10 AND d > -1e10 THEN d END) AS s FROM ev GROUP BY k;
