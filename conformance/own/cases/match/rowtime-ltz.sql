-- about: MATCH_ROWTIME of TIMESTAMP_LTZ
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ltz (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3), lt AS CAST(ts AS TIMESTAMP_LTZ(3)),
  WATERMARK FOR lt AS lt - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT * FROM ltz MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY lt MEASURES MATCH_ROWTIME() AS rt, A.ts AS a ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A B) DEFINE A AS A.tax <= 2
) AS m;
