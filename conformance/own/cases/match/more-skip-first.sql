-- about: AFTER MATCH SKIP TO FIRST
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

SELECT * FROM ticks MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY ts MEASURES A.price AS a, FIRST(B.price) AS b, C.price AS c, COUNT(B.price) AS n AFTER MATCH SKIP TO FIRST B PATTERN (A B+ C) DEFINE B AS B.price > A.price, C AS C.price < A.price);
