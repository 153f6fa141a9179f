-- about: cumulating windows with an average of integers and casts
-- mode: both
-- compare: rows
-- inputs: claims.ndjson

CREATE TABLE claims (
  account INT, insurance INT, accident STRING, cost INT, report_ts TIMESTAMP(3),
  WATERMARK FOR report_ts AS report_ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/claims.ndjson',
  'format' = 'json'
);

SELECT window_start, window_end, accident, AVG(cost) AS a, CAST(AVG(CAST(cost AS DECIMAL(10, 2))) AS DECIMAL(10, 1)) AS ad, STDDEV_POP(cost) AS sd FROM CUMULATE(TABLE claims, DESCRIPTOR(report_ts), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE) GROUP BY window_start, window_end, accident;
