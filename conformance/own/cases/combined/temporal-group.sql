-- about: groups by parts of dates and casts
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

SELECT EXTRACT(YEAR FROM d) AS y, FLOOR(ts TO MONTH) AS m, COUNT(*) AS c, MIN(tm) AS t, MAX(lz) AS z, MIN(d) AS md FROM temporal GROUP BY EXTRACT(YEAR FROM d), FLOOR(ts TO MONTH);
