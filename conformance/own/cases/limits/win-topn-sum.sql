-- about: window Top-N of sums
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

SELECT window_start, rn, k, s FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY s DESC NULLS LAST, k) AS rn FROM (SELECT window_start, window_end, k, SUM(CAST(v AS BIGINT)) AS s FROM TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '30' SECOND) GROUP BY window_start, window_end, k)) WHERE rn <= 2;
