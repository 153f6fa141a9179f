-- about: types of time attributes, of OVER and of timestamps that meet
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

SELECT k, rt, SUM(c) OVER (PARTITION BY k ORDER BY rt ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS s1 FROM (SELECT k, window_time AS rt, COUNT(*) AS c FROM TUMBLE(TABLE ev, DESCRIPTOR(ts), INTERVAL '20' SECOND) GROUP BY k, window_start, window_end, window_time);
