-- about: two reluctant loops
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT * FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts MEASURES COUNT(A.price) AS a, COUNT(B.price) AS b, C.ts AS c ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A+? B+? C) DEFINE A AS A.price > 5, B AS B.price > 8, C AS C.price > 25
) AS m;
