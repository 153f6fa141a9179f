-- about: OVER over a windowed aggregate, with its difference
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

SELECT k, w, s, s - LAG(s) OVER (PARTITION BY k ORDER BY w) AS diff FROM (SELECT k, window_time AS w, SUM(CAST(v AS BIGINT)) AS s FROM TUMBLE(TABLE ev, DESCRIPTOR(ts), INTERVAL '20' SECOND) GROUP BY k, window_start, window_end, window_time);
