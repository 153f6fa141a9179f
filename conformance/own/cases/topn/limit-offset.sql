-- about: ORDER BY with LIMIT and OFFSET
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, volume, ts FROM ticks ORDER BY volume, ts DESC LIMIT 4 OFFSET 3;
