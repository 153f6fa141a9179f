-- about: session windows then a second tumbling window over window_time
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

CREATE VIEW sess AS SELECT user_id, window_start AS ws, window_end AS we, window_time AS wt, COUNT(*) AS c FROM SESSION(TABLE activity PARTITION BY user_id, DESCRIPTOR(ts), INTERVAL '10' SECOND) GROUP BY user_id, window_start, window_end, window_time;

SELECT window_start, window_end, COUNT(*) AS sessions, MAX(c) AS longest, AVG(TIMESTAMPDIFF(SECOND, ws, we)) AS secs FROM TUMBLE(TABLE sess, DESCRIPTOR(wt), INTERVAL '1' MINUTE) GROUP BY window_start, window_end;
