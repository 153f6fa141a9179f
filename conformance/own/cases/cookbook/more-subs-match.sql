-- about: changes of subscription types
-- mode: streaming
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

SELECT * FROM subscriptions MATCH_RECOGNIZE (PARTITION BY user_id ORDER BY evt MEASURES FIRST(A.`type`) AS t0, LAST(B.`type`) AS t1, COUNT(B.id) AS n, LAST(B.evt) AS e AFTER MATCH SKIP PAST LAST ROW PATTERN (A B{1,3} C) DEFINE B AS B.`type` <> A.`type`, C AS C.`type` = A.`type`);
