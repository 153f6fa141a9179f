-- about: window aggregates joined by window
-- mode: both
-- compare: rows
-- inputs: clicks.ndjson, impressions.ndjson

CREATE TABLE clicks (
  click_id BIGINT, user_id INT, page STRING, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/clicks.ndjson',
  'format' = 'json'
);

CREATE TABLE impressions (
  imp_id BIGINT, user_id INT, page STRING, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/impressions.ndjson',
  'format' = 'json'
);

SELECT a.window_start, a.page, a.c, b.c AS d FROM (SELECT window_start, window_end, page, COUNT(*) AS c FROM TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '30' SECOND) GROUP BY window_start, window_end, page) AS a LEFT JOIN (SELECT window_start, window_end, page, COUNT(DISTINCT user_id) AS c FROM TUMBLE(TABLE impressions, DESCRIPTOR(ts), INTERVAL '30' SECOND) GROUP BY window_start, window_end, page) AS b ON a.window_start = b.window_start AND a.window_end = b.window_end AND a.page = b.page;
