-- about: a14-rank-window
-- mode: both
-- compare: rows
-- inputs: claims.ndjson

CREATE TABLE claims (
  account INT, insurance INT, accident STRING, cost INT, report_ts TIMESTAMP(3),
  WATERMARK FOR report_ts AS report_ts - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/claims.ndjson', 'format' = 'json');

SELECT * FROM (SELECT window_start, accident, account, cost, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, accident ORDER BY cost DESC, account) AS rn FROM TABLE(TUMBLE(TABLE claims, DESCRIPTOR(report_ts), INTERVAL '1' MINUTE))) WHERE rn <= 2;
