-- about: LAST with an offset of 2, FIRST with an offset
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT * FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts MEASURES FIRST(A.price, 1) AS f1, LAST(A.price, 1) AS l1, LAST(A.price, 5) AS l5, FIRST(A.ts, 2) AS f2, COUNT(A.price) AS n ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A{3,} B) DEFINE A AS LAST(A.price, 2) IS NULL OR A.price <> LAST(A.price, 2), B AS B.price > FIRST(A.price, 1)
) AS m;
