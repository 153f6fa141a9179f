-- about: o06-claims
-- mode: both
-- compare: rows
-- inputs: claims.ndjson

CREATE TABLE claims (
  account INT, insurance INT, accident STRING, cost INT, report_ts TIMESTAMP(3),
  WATERMARK FOR report_ts AS report_ts - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/claims.ndjson', 'format' = 'json');

SELECT insurance, window_start, SUM(cost) AS total, AVG(cost) AS a FROM TABLE(HOP(TABLE claims, DESCRIPTOR(report_ts), INTERVAL '30' SECOND, INTERVAL '1' MINUTE)) GROUP BY insurance, window_start, window_end;
