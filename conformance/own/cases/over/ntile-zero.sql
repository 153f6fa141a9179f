-- about: NTILE(0)
-- mode: batch
-- compare: error
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT NTILE(0) OVER (PARTITION BY symbol ORDER BY ts) AS n FROM ticks;
