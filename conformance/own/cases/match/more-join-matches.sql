-- about: matches grouped again
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

SELECT symbol, COUNT(*) AS c, MAX(n) AS m FROM ticks MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY ts MEASURES COUNT(D.price) AS n AFTER MATCH SKIP PAST LAST ROW PATTERN (S D{1,5}? U) DEFINE D AS D.price < S.price, U AS U.price > S.price) GROUP BY symbol;
