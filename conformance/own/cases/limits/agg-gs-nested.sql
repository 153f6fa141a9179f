-- about: GROUPING SETS with ROLLUP in them
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

SELECT k, ok, COUNT(*) AS c, GROUPING(k) AS gk, GROUPING_ID(k, ok) AS g FROM ev GROUP BY GROUPING SETS (ROLLUP (k, ok), (ok));
