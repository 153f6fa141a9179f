-- about: the last row of each window and key
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

SELECT window_start, k, id, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, k ORDER BY ts DESC) AS rn FROM TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '20' SECOND)) WHERE rn <= 1;
