-- about: a pattern over all symbols with equal times
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

SELECT * FROM ticks MATCH_RECOGNIZE (ORDER BY ts, price MEASURES A.symbol AS s1, B.symbol AS s2, B.ts AS t AFTER MATCH SKIP PAST LAST ROW PATTERN (A B) DEFINE A AS A.volume > 60, B AS B.symbol <> A.symbol AND B.price > A.price);
