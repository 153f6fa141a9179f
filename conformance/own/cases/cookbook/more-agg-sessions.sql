-- about: sessions of ips with their status classes
-- mode: streaming
-- compare: rows
-- inputs: server_logs.ndjson

CREATE TABLE server_logs (
  ip STRING, userid STRING, request STRING, status STRING, size INT, log_time TIMESTAMP(3),
  WATERMARK FOR log_time AS log_time - INTERVAL '15' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/server_logs.ndjson',
  'format' = 'json'
);

SELECT ip, SESSION_START(log_time, INTERVAL '20' SECOND) AS s, SESSION_END(log_time, INTERVAL '20' SECOND) AS e, COUNT(*) AS c, SUM(size) AS b, COUNT(DISTINCT status) AS st FROM server_logs GROUP BY ip, SESSION(log_time, INTERVAL '20' SECOND);
