-- about: result schema of match
-- mode: streaming
-- compare: rows
-- inputs: activity.ndjson

CREATE TABLE activity (
  user_id STRING, action STRING, amount INT, ts TIMESTAMP(3),
  lts AS CAST(ts AS TIMESTAMP_LTZ(3)),
  pt AS PROCTIME(),
  WATERMARK FOR ts AS ts - INTERVAL '3' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/activity.ndjson',
  'format' = 'json'
);

SELECT * FROM activity MATCH_RECOGNIZE (PARTITION BY user_id ORDER BY ts MEASURES A.ts AS aw, LAST(A.amount) AS am, MATCH_ROWTIME() AS mr ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A+ B) DEFINE A AS A.amount < 20, B AS B.amount >= 20);
