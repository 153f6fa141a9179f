-- about: a window over MATCH_ROWTIME
-- mode: streaming
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

CREATE TEMPORARY VIEW v AS SELECT * FROM ticks MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY ts MEASURES MATCH_ROWTIME() AS rt, A.price AS p PATTERN (A B) DEFINE A AS A.tax <= 2);
SELECT symbol, window_start, COUNT(*) AS n, SUM(p) AS s FROM TABLE(TUMBLE(TABLE v, DESCRIPTOR(rt), INTERVAL '30' SECOND)) GROUP BY symbol, window_start, window_end;
