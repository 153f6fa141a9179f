-- about: FIRST and LAST with offsets in measures and conditions
-- mode: streaming
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ticks.ndjson',
  'format' = 'json'
);

SELECT * FROM ticks MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY ts MEASURES FIRST(A.price, 1) AS a1, LAST(A.price, 1) AS al, LAST(A.price) AS a, COUNT(A.price) AS n, B.price AS b AFTER MATCH SKIP PAST LAST ROW PATTERN (A{3,} B) DEFINE A AS A.price >= LAST(A.price, 1) OR LAST(A.price, 1) IS NULL, B AS B.price < LAST(A.price));
