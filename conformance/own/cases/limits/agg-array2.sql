-- about: ARRAY_AGG of NULLs with FILTER alone
-- mode: streaming
-- compare: rows
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

SELECT k, ARRAY_AGG(v) FILTER (WHERE id < 20) AS a, ARRAY_AGG(DISTINCT ok) AS b FROM ev WHERE id < 40 GROUP BY k;
