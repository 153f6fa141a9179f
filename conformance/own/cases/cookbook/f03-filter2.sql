-- about: f03-filter2
-- mode: both
-- compare: rows
-- inputs: server_logs.ndjson

CREATE TABLE server_logs (
  ip STRING, userid STRING, request STRING, status STRING, size INT, log_time TIMESTAMP(3),
  WATERMARK FOR log_time AS log_time - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/server_logs.ndjson', 'format' = 'json');

SELECT ip, request FROM server_logs WHERE request LIKE 'GET %' AND REGEXP_EXTRACT(request, '[^?]*\?q=(\d+)', 1) IS NOT NULL;
