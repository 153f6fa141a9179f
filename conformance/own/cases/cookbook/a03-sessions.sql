-- about: a03-sessions
-- mode: streaming
-- compare: rows
-- inputs: server_logs.ndjson

CREATE TABLE server_logs (
  ip STRING, userid STRING, request STRING, status STRING, size INT, log_time TIMESTAMP(3),
  WATERMARK FOR log_time AS log_time - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/server_logs.ndjson', 'format' = 'json');

SELECT userid, COUNT(request) AS clicks, SESSION_START(log_time, INTERVAL '10' SECOND) AS s, SESSION_END(log_time, INTERVAL '10' SECOND) AS e FROM server_logs GROUP BY userid, SESSION(log_time, INTERVAL '10' SECOND);
