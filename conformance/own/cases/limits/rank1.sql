-- about: CUME_DIST with ties and NULLs
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

SELECT id, v, CUME_DIST() OVER (ORDER BY v) AS c FROM ev WHERE id < 20;
