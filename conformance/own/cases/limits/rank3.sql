-- about: RANK with NULLs by key
-- mode: batch
-- compare: rows
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

SELECT id, v, RANK() OVER (PARTITION BY k ORDER BY v) AS rr, DENSE_RANK() OVER (PARTITION BY k ORDER BY v DESC) AS dr FROM ev WHERE id < 40;
