-- about: ordered by a plain column
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, price, volume, SUM(price) OVER (PARTITION BY symbol ORDER BY volume) AS s, COUNT(*) OVER (PARTITION BY symbol ORDER BY volume) AS n FROM ticks;
