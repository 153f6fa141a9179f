-- about: types of time attributes, of OVER and of timestamps that meet
-- mode: batch
-- compare: rows
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

SELECT k, SUM(c) OVER (PARTITION BY k ORDER BY k ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS s1, SUM(c) OVER (PARTITION BY k) AS s2, MAX(c) OVER (PARTITION BY k ORDER BY k ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS m1 FROM (SELECT k, COUNT(*) AS c FROM ev GROUP BY k);
