-- about: RANGE of a number over a time
-- mode: streaming
-- compare: error
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

SELECT SUM(v) OVER (ORDER BY ts RANGE BETWEEN 5 PRECEDING AND CURRENT ROW) FROM ev;
