-- about: fields of requests
-- mode: both
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

SELECT REGEXP_EXTRACT(request, '(\S+)\s+(\S+)', 1) AS verb, REGEXP_EXTRACT(request, '/(\w*)', 1) AS path, LEFT(status, 1) || 'xx' AS cls, COUNT(*) AS c FROM server_logs GROUP BY REGEXP_EXTRACT(request, '(\S+)\s+(\S+)', 1), REGEXP_EXTRACT(request, '/(\w*)', 1), LEFT(status, 1) || 'xx';
