-- about: rows chosen by OVER, then windowed
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

CREATE VIEW jumps AS SELECT symbol, ts, price, prev FROM (SELECT symbol, ts, price, LAG(price) OVER (PARTITION BY symbol ORDER BY ts) AS prev FROM ticks) WHERE prev IS NOT NULL AND ABS(price - prev) >= 3;

SELECT symbol, window_start, COUNT(*) AS c, SUM(price - prev) AS net FROM TUMBLE(TABLE jumps, DESCRIPTOR(ts), INTERVAL '1' MINUTE) GROUP BY symbol, window_start, window_end;
