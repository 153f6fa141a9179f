-- about: LAG with a frame
-- mode: both
-- compare: error
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, LAG(price) OVER (PARTITION BY symbol ORDER BY ts ROWS 2 PRECEDING) AS l FROM ticks;
