-- about: f08-window
-- mode: both
-- compare: rows
-- inputs: subscriptions.ndjson

CREATE TABLE subscriptions (
  id INT, user_id INT, `type` STRING, start_date TIMESTAMP(3), end_date TIMESTAMP(3), expires TIMESTAMP(3), epoch BIGINT, evt TIMESTAMP(3),
  WATERMARK FOR evt AS evt
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/subscriptions.ndjson', 'format' = 'json');

SELECT user_id, COUNT(*) FILTER (WHERE end_date < TIMESTAMP '2024-03-05 00:00:00') AS gone, MIN(TIMESTAMPADD(DAY, 7, start_date)) AS week FROM subscriptions GROUP BY user_id;
