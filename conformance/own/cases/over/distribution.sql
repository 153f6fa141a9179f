-- about: CUME_DIST and PERCENT_RANK
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, tax, CUME_DIST() OVER (PARTITION BY symbol ORDER BY tax) AS c, PERCENT_RANK() OVER (PARTITION BY symbol ORDER BY tax) AS p FROM ticks;
