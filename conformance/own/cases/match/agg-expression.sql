-- about: expressions over aggregates and variables
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT * FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts MEASURES SUM(A.price * A.tax) + B.price AS x, A.symbol || '-' || B.symbol AS sy, B.price - LAST(A.price) AS d, CAST(COUNT(A.price) AS STRING) AS n, CASE WHEN B.price > AVG(A.price) THEN 'up' ELSE 'down' END AS dir ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A+ B) DEFINE A AS A.tax <= 2, B AS B.tax > 2
) AS m;
