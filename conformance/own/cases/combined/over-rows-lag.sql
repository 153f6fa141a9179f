-- about: LAG and differences over a named window
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

SELECT symbol, ts, price - LAG(price, 1) OVER w AS d1, price - LAG(price, 2, 0) OVER w AS d2 FROM ticks WINDOW w AS (PARTITION BY symbol ORDER BY ts);
