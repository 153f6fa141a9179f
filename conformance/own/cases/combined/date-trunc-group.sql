-- about: rows by quarter, week and day of week
-- mode: both
-- compare: rows
-- inputs: temporal.ndjson

CREATE TABLE temporal (
  id INT, d DATE, tm TIME(0), ts0 TIMESTAMP(0), ts TIMESTAMP(3), lz TIMESTAMP_LTZ(3), epoch BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/temporal.ndjson',
  'format' = 'json'
);

SELECT FLOOR(ts TO QUARTER) AS q, CEIL(d TO MONTH) AS m, COUNT(*) AS c, SUM(EXTRACT(DOY FROM d)) AS s, MAX(WEEK(d)) AS w FROM temporal GROUP BY FLOOR(ts TO QUARTER), CEIL(d TO MONTH);
