-- about: date and time arithmetic over columns
-- mode: both
-- compare: error
-- inputs: temporal.ndjson

CREATE TABLE temporal (
  id INT, d DATE, tm TIME(0), ts0 TIMESTAMP(0), ts TIMESTAMP(3), lz TIMESTAMP_LTZ(3), epoch BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/temporal.ndjson',
  'format' = 'json'
);

SELECT id, d + INTERVAL '3' DAY AS a, ts + INTERVAL '1-2' YEAR TO MONTH AS b, ts - INTERVAL '36:30' HOUR TO MINUTE AS c, tm + INTERVAL '90' MINUTE AS e, TIMESTAMPDIFF(HOUR, ts0, ts) AS f, (ts - ts0) DAY TO SECOND IS NULL AS g, d BETWEEN DATE '2019-01-01' AND DATE '2025-12-31' AS h, (d, d + INTERVAL '1' YEAR) OVERLAPS (DATE '2020-06-01', INTERVAL '1' YEAR) AS o, LAST_DAY(d) AS l, QUARTER(d) AS q, DAYOFWEEK(d) AS w, WEEK(ts) AS k FROM temporal;
