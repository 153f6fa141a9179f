-- about: j01-noc
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

SELECT i.page, COUNT(*) AS n FROM impressions AS i INNER JOIN clicks AS c ON i.user_id = c.user_id AND i.page = c.page GROUP BY i.page;
