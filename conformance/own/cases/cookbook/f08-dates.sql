-- about: f08-dates
-- mode: both
-- compare: rows
-- inputs: subscriptions.ndjson

CREATE TABLE subscriptions (
  id INT, user_id INT, `type` STRING, start_date TIMESTAMP(3), end_date TIMESTAMP(3), expires TIMESTAMP(3), epoch BIGINT, evt TIMESTAMP(3),
  WATERMARK FOR evt AS evt
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/subscriptions.ndjson', 'format' = 'json');

SELECT id, start_date, end_date, TIMESTAMPDIFF(DAY, start_date, end_date) AS days, start_date + INTERVAL '1' MONTH AS renewal, TO_TIMESTAMP(FROM_UNIXTIME(epoch)) AS at_, QUARTER(start_date) AS q, DAYOFWEEK(end_date) AS dw, EXTRACT(DOY FROM expires) AS doy FROM subscriptions;
