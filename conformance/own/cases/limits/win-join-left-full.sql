-- about: a FULL window join by page with a residual
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

SELECT c.click_id, i.imp_id, COALESCE(c.window_start, i.window_start) AS w FROM (SELECT * FROM TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '20' SECOND)) AS c FULL JOIN (SELECT * FROM TUMBLE(TABLE impressions, DESCRIPTOR(ts), INTERVAL '20' SECOND)) AS i ON c.window_start = i.window_start AND c.window_end = i.window_end AND c.page = i.page AND c.user_id < i.user_id;
