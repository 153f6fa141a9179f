-- about: NOT IN of a window's users
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

SELECT click_id, user_id, window_start FROM (SELECT * FROM TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) AS c WHERE (window_start, window_end, user_id) IN (SELECT window_start, window_end, user_id FROM TUMBLE(TABLE impressions, DESCRIPTOR(ts), INTERVAL '1' MINUTE));
