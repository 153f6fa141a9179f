-- about: FIRST_VALUE, LAST_VALUE with equal times
-- mode: streaming
-- compare: rows
-- inputs: tied.ndjson

CREATE TABLE tied (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3), t AS CAST(FLOOR(ts TO MINUTE) AS TIMESTAMP(3)), m AS TIMESTAMPADD(SECOND, - (EXTRACT(SECOND FROM ts) / 10) * 0, CAST(DATE_FORMAT(ts, 'yyyy-MM-dd HH:mm:') || CAST(EXTRACT(SECOND FROM ts) / 10 AS STRING) || '0' AS TIMESTAMP(3))),
  WATERMARK FOR m AS m - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, m, volume, FIRST_VALUE(volume) OVER (PARTITION BY symbol ORDER BY m) AS f, LAST_VALUE(volume) OVER (PARTITION BY symbol ORDER BY m) AS l, SUM(volume) OVER (PARTITION BY symbol ORDER BY m) AS s FROM tied;
