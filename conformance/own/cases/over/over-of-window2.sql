-- about: OVER of a window aggregation
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT window_start, symbol, s, SUM(s) OVER (PARTITION BY symbol ORDER BY window_time ROWS 2 PRECEDING) AS s3 FROM (SELECT symbol, window_start, window_end, window_time, SUM(price) AS s FROM TABLE(TUMBLE(TABLE ticks, DESCRIPTOR(ts), INTERVAL '20' SECOND)) GROUP BY symbol, window_start, window_end, window_time);
