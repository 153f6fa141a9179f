-- about: quantifiers with bounds and aggregates
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

SELECT * FROM ticks MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY ts MEASURES FIRST(DOWN.price) AS p0, LAST(DOWN.price) AS p1, AVG(DOWN.price) AS av, COUNT(DOWN.price) AS n, UP.price AS up, UP.ts - FIRST(DOWN.ts) AS dt ONE ROW PER MATCH AFTER MATCH SKIP TO LAST UP PATTERN (DOWN{2,4} UP) DEFINE DOWN AS LAST(DOWN.price, 1) IS NULL OR DOWN.price < LAST(DOWN.price, 1), UP AS UP.price > LAST(DOWN.price, 1));
