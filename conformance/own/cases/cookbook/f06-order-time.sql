-- about: f06-order-time
-- mode: streaming
-- compare: rows
-- inputs: server_logs.ndjson

CREATE TABLE server_logs (
  ip STRING, userid STRING, request STRING, status STRING, size INT, log_time TIMESTAMP(3),
  WATERMARK FOR log_time AS log_time - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/server_logs.ndjson', 'format' = 'json');

SELECT log_time, ip, status FROM server_logs ORDER BY log_time;
