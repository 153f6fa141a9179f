-- about: conditions over time differences
-- mode: streaming
-- compare: rows
-- inputs: activity.ndjson

CREATE TABLE activity (
  user_id STRING, action STRING, amount INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '3' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/activity.ndjson',
  'format' = 'json'
);

SELECT * FROM activity MATCH_RECOGNIZE (PARTITION BY user_id ORDER BY ts MEASURES A.action AS a, B.action AS b, TIMESTAMPDIFF(SECOND, A.ts, B.ts) AS d AFTER MATCH SKIP TO NEXT ROW PATTERN (A B) DEFINE B AS B.ts < A.ts + INTERVAL '5' SECOND AND B.action <> A.action);
