-- about: fields taken out of a request by REGEXP_EXTRACT, grouped
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

SELECT REGEXP_EXTRACT(request, '^(\S+) ', 1) AS verb, SPLIT_INDEX(SPLIT_INDEX(request, ' ', 1), '?', 0) AS p, COUNT(*) AS c, SUM(size) AS s FROM server_logs WHERE status <> '404' GROUP BY REGEXP_EXTRACT(request, '^(\S+) ', 1), SPLIT_INDEX(SPLIT_INDEX(request, ' ', 1), '?', 0);
