-- about: greedy zero or more in the middle
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT * FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts MEASURES A.ts AS f, COUNT(B.price) AS n, SUM(B.price) AS s, C.ts AS e ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A B* C) DEFINE A AS A.tax = 1, B AS B.price < 20, C AS C.price >= 20
) AS m;
