-- about: zero times
-- mode: both
-- compare: error
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT * FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts MEASURES A.ts AS ats ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (B A{0} C) DEFINE A AS A.price > 10
) AS m;
