-- about: LAG of an expression, in an expression
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, price - LAG(price) OVER (PARTITION BY symbol ORDER BY ts) AS diff, LAG(price * tax) OVER (PARTITION BY symbol ORDER BY ts) AS pt, COALESCE(LAG(symbol) OVER (PARTITION BY symbol ORDER BY ts), '?') AS s FROM ticks;
