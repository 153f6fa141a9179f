-- about: hopping windows joined row by row with hopping windows
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

SELECT c.click_id, i.imp_id, c.window_end FROM (SELECT * FROM HOP(TABLE clicks, DESCRIPTOR(ts), INTERVAL '30' SECOND, INTERVAL '1' MINUTE)) AS c JOIN (SELECT * FROM HOP(TABLE impressions, DESCRIPTOR(ts), INTERVAL '30' SECOND, INTERVAL '1' MINUTE)) AS i ON c.window_start = i.window_start AND c.window_end = i.window_end AND c.user_id = i.user_id AND c.page = i.page;
