-- about: a06-dedup-first
-- mode: both
-- compare: rows
-- inputs: subscriptions.ndjson

CREATE TABLE subscriptions (
  id INT, user_id INT, `type` STRING, start_date TIMESTAMP(3), end_date TIMESTAMP(3), expires TIMESTAMP(3), epoch BIGINT, evt TIMESTAMP(3),
  WATERMARK FOR evt AS evt
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/subscriptions.ndjson', 'format' = 'json');

SELECT id, user_id, `type` FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id, `type` ORDER BY evt) AS rn FROM subscriptions) WHERE rn = 1;
