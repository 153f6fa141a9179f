-- about: a cumulating window whose size is no multiple of its step
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

SELECT window_end, COUNT(*) FROM CUMULATE(TABLE ticks, DESCRIPTOR(ts), INTERVAL '7' SECOND, INTERVAL '20' SECOND) GROUP BY window_start, window_end;
