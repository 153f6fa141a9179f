-- about: FIRST_VALUE and LAST_VALUE of a stream
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, price, FIRST_VALUE(price) OVER w AS f, LAST_VALUE(price) OVER w AS l, FIRST_VALUE(NULLIF(tax, 3)) OVER w AS ft, LAST_VALUE(NULLIF(tax, 3)) OVER w AS lt FROM ticks WINDOW w AS (PARTITION BY symbol ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW);
