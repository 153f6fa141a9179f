-- about: OVER unbounded with DISTINCT counts
-- mode: streaming
-- compare: rows
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

CREATE VIEW e AS SELECT * FROM ev WHERE ts IS NOT NULL;

SELECT id, COUNT(DISTINCT k) OVER (ORDER BY ts) AS c, MAX(amt) OVER (ORDER BY ts) AS m, FIRST_VALUE(id) OVER (ORDER BY ts) AS f FROM e;
