-- about: matches joined with an aggregate
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

SELECT m.symbol, m.n, a.c FROM (SELECT * FROM ticks MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY ts MEASURES COUNT(u.price) AS n, SUM(u.volume) AS v AFTER MATCH SKIP PAST LAST ROW PATTERN (u{2,} d) DEFINE u AS LAST(u.price, 1) IS NULL OR u.price > LAST(u.price, 1), d AS d.price <= LAST(u.price))) AS m JOIN (SELECT symbol, COUNT(*) AS c FROM ticks GROUP BY symbol) AS a ON m.symbol = a.symbol;
