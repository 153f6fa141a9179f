-- about: grouping by parts of dates
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

SELECT EXTRACT(YEAR FROM d) AS y, EXTRACT(QUARTER FROM d) AS q, COUNT(*) AS c, MIN(d) AS mn, MAX(tm) AS mx FROM temporal GROUP BY EXTRACT(YEAR FROM d), EXTRACT(QUARTER FROM d);
