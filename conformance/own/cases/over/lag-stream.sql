-- about: LAG by time
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, price, ts, LAG(price) OVER (PARTITION BY symbol ORDER BY ts) AS l1, LAG(price, 2) OVER (PARTITION BY symbol ORDER BY ts) AS l2 FROM ticks;
