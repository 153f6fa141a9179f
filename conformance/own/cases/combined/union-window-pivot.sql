-- about: a click-through rate by window from a union
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

CREATE VIEW ev AS SELECT page, 1 AS c, 0 AS i, ts FROM clicks UNION ALL SELECT page, 0, 1, ts FROM impressions;

SELECT page, window_start, SUM(c) AS clicks, SUM(i) AS imps, CAST(SUM(c) AS DOUBLE) / NULLIF(SUM(i), 0) AS ctr, CAST(SUM(c) AS DECIMAL(10, 2)) / NULLIF(SUM(i), 0) AS ctrd FROM CUMULATE(TABLE ev, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '3' MINUTE) GROUP BY page, window_start, window_end;
