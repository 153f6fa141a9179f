-- about: a window over matches
-- mode: streaming
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

CREATE VIEW mm AS SELECT * FROM ticks MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY ts MEASURES COUNT(B.price) AS n, MATCH_ROWTIME() AS rt AFTER MATCH SKIP PAST LAST ROW PATTERN (A B+) DEFINE B AS B.price > A.price);

SELECT window_start, symbol, COUNT(*) AS c, MAX(n) AS m FROM TUMBLE(TABLE mm, DESCRIPTOR(rt), INTERVAL '1' MINUTE) GROUP BY window_start, window_end, symbol;
