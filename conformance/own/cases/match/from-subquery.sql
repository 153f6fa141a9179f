-- about: over a sub-query with a filter
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, n + 1 AS n1 FROM (SELECT symbol, price * 2 AS dbl, ts FROM ticks WHERE tax < 3) MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY ts MEASURES COUNT(A.dbl) AS n PATTERN (A+ B) DEFINE A AS A.dbl > 30, B AS B.dbl <= 30) AS m WHERE n > 0;
