-- about: status classes by CASE in windows
-- mode: both
-- compare: error
-- inputs: server_logs.ndjson

CREATE TABLE server_logs (
  ip STRING, userid STRING, request STRING, status STRING, size INT, log_time TIMESTAMP(3),
  WATERMARK FOR log_time AS log_time - INTERVAL '15' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/server_logs.ndjson',
  'format' = 'json'
);

SELECT window_start, CASE WHEN status LIKE '2%' THEN 'ok' WHEN status LIKE '4%' OR status LIKE '5%' THEN 'bad' ELSE 'other' END AS cls, COUNT(*) AS c, SUM(CAST(size AS BIGINT)) AS bytes, COUNT(DISTINCT ip) AS ips FROM TUMBLE(TABLE server_logs, DESCRIPTOR(log_time), INTERVAL '2' MINUTE) GROUP BY window_start, window_end, CASE WHEN status LIKE '2%' THEN 'ok' WHEN status LIKE '4%' OR status LIKE '5%' THEN 'bad' ELSE 'other' END;
