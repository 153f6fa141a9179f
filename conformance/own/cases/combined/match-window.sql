-- about: the matches of a pattern in windows
-- mode: both
-- compare: error
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ticks.ndjson',
  'format' = 'json'
);

CREATE VIEW dips AS SELECT * FROM ticks MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY ts MEASURES FIRST(a.price) AS p0, LAST(b.price) AS p1, COUNT(b.price) AS n, MATCH_ROWTIME() AS rt ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (a b{1,4}) DEFINE b AS b.price < a.price) ;

SELECT symbol, window_start, COUNT(*) AS c, MAX(p0 - p1) AS depth FROM TUMBLE(TABLE dips, DESCRIPTOR(rt), INTERVAL '1' MINUTE) GROUP BY symbol, window_start, window_end;
