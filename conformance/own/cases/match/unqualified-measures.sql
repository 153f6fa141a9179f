-- about: unqualified aggregates in MEASURES
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT * FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts MEASURES COUNT(*) AS n, SUM(price) AS s, AVG(price) AS av, MIN(price) AS mi, FIRST(price) AS f, LAST(price) AS l, FIRST(price, 1) AS f1, LAST(symbol) AS sy ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A B+ C) DEFINE A AS A.price > 10, B AS B.price > 10, C AS C.price <= 15
) AS m;
