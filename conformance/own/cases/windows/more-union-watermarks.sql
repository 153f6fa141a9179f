-- about: a union of two sources, windowed with keys
-- mode: streaming
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

CREATE VIEW u AS SELECT user_id, page, ts, 'c' AS kind FROM clicks UNION ALL SELECT user_id, page, ts, 'i' FROM impressions;

SELECT window_start, page, COUNT(*) FILTER (WHERE kind = 'c') AS c, COUNT(*) FILTER (WHERE kind = 'i') AS i1, COUNT(DISTINCT user_id) AS u FROM HOP(TABLE u, DESCRIPTOR(ts), INTERVAL '20' SECOND, INTERVAL '1' MINUTE) GROUP BY window_start, window_end, page;
