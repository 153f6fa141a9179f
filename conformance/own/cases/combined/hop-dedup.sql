-- about: the last row of each symbol in hopping windows
-- mode: both
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

SELECT window_start, window_end, symbol, price, ts FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, symbol ORDER BY ts DESC) AS rn FROM HOP(TABLE ticks, DESCRIPTOR(ts), INTERVAL '20' SECOND, INTERVAL '1' MINUTE)
) WHERE rn = 1;
