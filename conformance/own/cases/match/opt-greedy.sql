-- about: optional in the middle
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT * FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts MEASURES A.ts AS a, B.ts AS b, C.ts AS c ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A B? C) DEFINE A AS A.tax = 1, B AS B.tax >= 2, C AS C.tax >= 2
) AS m;
