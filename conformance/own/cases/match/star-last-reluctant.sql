-- about: reluctant zero or more last
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT * FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts MEASURES B.ts AS f, LAST(A.ts) AS l, COUNT(A.price) AS n ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (B A*?) DEFINE A AS A.price > 10, B AS B.tax=1
) AS m;
