-- about: bounded counts one after the other
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT * FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts MEASURES FIRST(A.ts) AS a, COUNT(A.price) AS na, COUNT(B.price) AS nb ONE ROW PER MATCH AFTER MATCH SKIP TO NEXT ROW PATTERN (A{1,2}? B{1,2}? C) DEFINE A AS A.price > 10, B AS B.price > 12, C AS C.price < 20
) AS m;
