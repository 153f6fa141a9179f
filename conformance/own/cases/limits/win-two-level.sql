-- about: windows of windows through window_time
-- mode: streaming
-- compare: error
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

CREATE VIEW w1 AS SELECT window_start, window_end, window_time AS rt, k, SUM(CAST(v AS BIGINT)) AS s FROM TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '5' SECOND) GROUP BY window_start, window_end, window_time, k;

SELECT window_start, window_end, k, COUNT(*) AS c, MAX(s) AS m FROM HOP(TABLE w1, DESCRIPTOR(rt), INTERVAL '20' SECOND, INTERVAL '40' SECOND) GROUP BY window_start, window_end, k;
