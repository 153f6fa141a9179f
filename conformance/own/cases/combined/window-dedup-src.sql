-- about: windows over the rows of ROW_NUMBER = 1 in processing order of a price
-- mode: streaming
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

CREATE VIEW best AS SELECT symbol, price, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY symbol ORDER BY price DESC) AS rn FROM ticks) WHERE rn = 1;

SELECT window_start, COUNT(*) AS c, MAX(price) AS p FROM TUMBLE(TABLE best, DESCRIPTOR(ts), INTERVAL '30' SECOND) GROUP BY window_start, window_end;
