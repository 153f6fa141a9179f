-- about: window_end chosen, but not grouped by
-- mode: both
-- compare: error
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ticks.ndjson',
  'format' = 'json'
);

SELECT window_end, COUNT(*) FROM TUMBLE(TABLE ticks, DESCRIPTOR(ts), INTERVAL '20' SECOND) GROUP BY window_start;
