-- about: claims by grouping sets
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

SELECT insurance, accident, SUM(cost) AS s, GROUPING(insurance) AS gi, GROUPING(accident) AS ga FROM claims GROUP BY GROUPING SETS ((insurance, accident), (insurance), ());
