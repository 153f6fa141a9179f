-- about: CUBE with HAVING on GROUPING_ID
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

SELECT k, ok, v IS NULL AS nv, COUNT(*) AS c FROM ev GROUP BY CUBE (k, ok, v IS NULL) HAVING GROUPING_ID(k, ok, v IS NULL) IN (1, 6);
