-- about: a self join on equal times and different symbols
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ticks.ndjson',
  'format' = 'json'
);

SELECT a.ts, a.symbol AS s1, b.symbol AS s2, a.price - b.price AS d FROM ticks AS a JOIN ticks AS b ON a.ts = b.ts AND a.symbol < b.symbol;
