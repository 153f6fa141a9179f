-- about: sums of BIGINT at the limits wrap
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

SELECT k, SUM(big) AS s, MIN(big) AS mn, MAX(big) AS mx, AVG(big) AS av, COUNT(DISTINCT big) AS c FROM ev GROUP BY k;
