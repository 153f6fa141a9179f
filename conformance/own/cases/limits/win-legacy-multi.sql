-- about: legacy windows with several keys and HAVING
-- mode: streaming
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

CREATE VIEW e AS SELECT * FROM ev WHERE ts IS NOT NULL;

SELECT k, ok, TUMBLE_END(ts, INTERVAL '30' SECOND) AS e, COUNT(*) AS c, SUM(v) AS s FROM e GROUP BY k, ok, TUMBLE(ts, INTERVAL '30' SECOND) HAVING COUNT(*) > 1;
