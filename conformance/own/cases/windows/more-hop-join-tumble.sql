-- about: windows of two kinds of one size joined
-- mode: streaming
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

SELECT c.user_id, c.window_start, c.n, i.n AS m FROM (SELECT user_id, window_start, window_end, COUNT(*) AS n FROM TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '1' MINUTE) GROUP BY user_id, window_start, window_end) AS c JOIN (SELECT user_id, window_start, window_end, COUNT(*) AS n FROM HOP(TABLE impressions, DESCRIPTOR(ts), INTERVAL '30' SECOND, INTERVAL '1' MINUTE) GROUP BY user_id, window_start, window_end) AS i ON c.window_start = i.window_start AND c.window_end = i.window_end AND c.user_id = i.user_id;
