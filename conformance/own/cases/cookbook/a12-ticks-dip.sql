-- about: a12-ticks-dip
-- mode: streaming
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT * FROM ticks MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY ts MEASURES STRT.ts AS start_ts, LAST(DN.ts) AS bottom, LAST(UP.ts) AS end_ts, LAST(DN.price) AS low ONE ROW PER MATCH AFTER MATCH SKIP TO LAST UP PATTERN (STRT DN+ UP) DEFINE DN AS (LAST(DN.price, 1) IS NULL AND DN.price < STRT.price) OR DN.price < LAST(DN.price, 1), UP AS UP.price > LAST(DN.price, 1));
