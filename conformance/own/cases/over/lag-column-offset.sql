-- about: LAG with a column as its offset
-- mode: streaming
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, price, LAG(price, tax) OVER (PARTITION BY symbol ORDER BY ts) AS l1 FROM ticks;
