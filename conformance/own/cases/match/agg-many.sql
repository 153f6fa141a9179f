-- about: many aggregates
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT * FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts MEASURES MIN(A.price) AS mi, MAX(A.price) AS ma, AVG(CAST(A.price AS DOUBLE)) AS av, SUM(A.volume) AS sv, STDDEV_POP(A.price) AS sd, LISTAGG(CAST(A.price AS STRING)) AS la, LAST_VALUE(A.price) AS lv, FIRST_VALUE(A.price) AS fv ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A+ C) DEFINE A AS A.tax <= 2, C AS C.tax > 2
) AS m;
