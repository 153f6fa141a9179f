-- about: interval arithmetic of several TIMESTAMP columns in windows
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

SELECT window_start, `type`, COUNT(*) AS c, MAX(TIMESTAMPDIFF(DAY, start_date, expires)) AS longest, MIN(end_date) AS e, SUM(CASE WHEN end_date > expires THEN 1 ELSE 0 END) AS odd FROM TUMBLE(TABLE subscriptions, DESCRIPTOR(evt), INTERVAL '3' MINUTE) GROUP BY window_start, window_end, `type`;
