-- about: f03-filter
-- mode: both
-- compare: rows
-- inputs: server_logs.ndjson

CREATE TABLE server_logs (
  ip STRING, userid STRING, request STRING, status STRING, size INT, log_time TIMESTAMP(3),
  WATERMARK FOR log_time AS log_time - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/server_logs.ndjson', 'format' = 'json');

SELECT log_time, request, status FROM server_logs WHERE status SIMILAR TO '[4,5][0-9][0-9]';
