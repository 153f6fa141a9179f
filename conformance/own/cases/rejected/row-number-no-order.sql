-- about: ROW_NUMBER without an order, filtered
-- mode: streaming
-- compare: error
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ticks.ndjson',
  'format' = 'json'
);

SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY symbol) AS rn FROM ticks) WHERE rn <= 2;
