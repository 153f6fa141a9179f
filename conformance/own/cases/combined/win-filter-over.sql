-- about: OVER over the rows of windows, by window
-- mode: streaming
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ticks.ndjson',
  'format' = 'json'
);

SELECT symbol, window_start, ts, SUM(volume) OVER (PARTITION BY symbol, window_start, window_end ORDER BY ts) AS v FROM TUMBLE(TABLE ticks, DESCRIPTOR(ts), INTERVAL '30' SECOND);
