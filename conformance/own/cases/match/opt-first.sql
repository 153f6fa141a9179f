-- about: optional first
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT * FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts MEASURES A.ts AS a, B.ts AS b ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A? B) DEFINE A AS A.price > 10, B AS B.price > 20
) AS m;
