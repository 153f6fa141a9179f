-- about: Top-N of Top-N
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT * FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY volume DESC, ts) AS r2 FROM (SELECT symbol, volume, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY symbol ORDER BY volume DESC, ts) AS rn FROM ticks) WHERE rn <= 3)) WHERE r2 <= 4;
