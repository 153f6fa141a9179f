-- about: epochs as timestamps, and days between
-- mode: both
-- compare: rows
-- inputs: subscriptions.ndjson

CREATE TABLE subscriptions (
  id INT, user_id INT, `type` STRING, start_date TIMESTAMP(3), end_date TIMESTAMP(3), expires TIMESTAMP(3), epoch BIGINT, evt TIMESTAMP(3),
  WATERMARK FOR evt AS evt - INTERVAL '10' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/subscriptions.ndjson',
  'format' = 'json'
);

SELECT id, TO_TIMESTAMP_LTZ(epoch, 0) AS t, TIMESTAMPDIFF(DAY, start_date, end_date) AS d, TIMESTAMPDIFF(HOUR, start_date, expires) AS h, EXTRACT(DOW FROM start_date) AS w, CEIL(end_date TO MONTH) AS m FROM subscriptions WHERE id <= 40;
