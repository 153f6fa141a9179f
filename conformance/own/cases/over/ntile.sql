-- about: NTILE
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, ts, NTILE(4) OVER (PARTITION BY symbol ORDER BY ts) AS n, NTILE(100) OVER (PARTITION BY symbol ORDER BY ts) AS m, NTILE(1) OVER (ORDER BY ts, symbol) AS o FROM ticks;
