-- about: a01-tumble
-- mode: both
-- compare: rows
-- inputs: server_logs.ndjson

CREATE TABLE server_logs (
  ip STRING, userid STRING, request STRING, status STRING, size INT, log_time TIMESTAMP(3),
  WATERMARK FOR log_time AS log_time - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/server_logs.ndjson', 'format' = 'json');

SELECT COUNT(DISTINCT ip) AS ips, status, window_start, window_end FROM TABLE(TUMBLE(TABLE server_logs, DESCRIPTOR(log_time), INTERVAL '1' MINUTE)) GROUP BY status, window_start, window_end;
