-- about: windows, EXISTS and a group after it
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

SELECT user_id, COUNT(*) AS c FROM (SELECT * FROM TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '2' MINUTE)) AS c
WHERE EXISTS (SELECT * FROM (SELECT * FROM TUMBLE(TABLE impressions, DESCRIPTOR(ts), INTERVAL '2' MINUTE)) AS i WHERE i.window_start = c.window_start AND i.window_end = c.window_end AND i.page = c.page)
GROUP BY user_id;
