-- about: a window over a union of two sources
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

CREATE VIEW both_kinds AS SELECT 'click' AS kind, user_id, ts FROM clicks UNION ALL SELECT 'imp', user_id, ts FROM impressions;

SELECT kind, window_start, COUNT(*) AS c, COUNT(DISTINCT user_id) AS u FROM TUMBLE(TABLE both_kinds, DESCRIPTOR(ts), INTERVAL '1' MINUTE) GROUP BY kind, window_start, window_end;
