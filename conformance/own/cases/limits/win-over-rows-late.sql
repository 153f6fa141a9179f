-- about: OVER with ROWS over disorder and late rows
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

SELECT id, k, COUNT(*) OVER w AS c, SUM(v) OVER w AS s, MIN(big) OVER w AS m FROM e WINDOW w AS (PARTITION BY k ORDER BY ts ROWS BETWEEN 3 PRECEDING AND CURRENT ROW);
