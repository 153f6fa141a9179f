-- about: a window over a view that has window columns
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

CREATE VIEW w1 AS SELECT window_start, window_end, window_time AS rt, k, COUNT(*) AS s FROM TUMBLE(TABLE ev, DESCRIPTOR(ts), INTERVAL '5' SECOND) GROUP BY window_start, window_end, window_time, k;

SELECT k, s, rt FROM HOP(TABLE w1, DESCRIPTOR(rt), INTERVAL '20' SECOND, INTERVAL '40' SECOND);
