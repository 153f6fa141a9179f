-- about: j02-interval2
-- mode: both
-- compare: rows
-- inputs: clicks.ndjson, impressions.ndjson

CREATE TABLE impressions (
  imp_id INT, user_id INT, page STRING, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/impressions.ndjson', 'format' = 'json');
CREATE TABLE clicks (
  click_id INT, user_id INT, page STRING, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/clicks.ndjson', 'format' = 'json');

SELECT i.imp_id, c.click_id, TIMESTAMPDIFF(SECOND, i.ts, c.ts) AS secs FROM impressions AS i JOIN clicks AS c ON i.user_id = c.user_id AND c.ts BETWEEN i.ts AND i.ts + INTERVAL '1' MINUTE;
