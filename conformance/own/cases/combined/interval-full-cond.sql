-- about: an interval FULL JOIN with a residual condition
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

SELECT c.click_id, i.imp_id, c.page AS cp, i.page AS ip FROM clicks AS c FULL JOIN impressions AS i ON c.user_id = i.user_id AND c.page <> i.page AND c.ts BETWEEN i.ts - INTERVAL '5' SECOND AND i.ts + INTERVAL '20' SECOND;
