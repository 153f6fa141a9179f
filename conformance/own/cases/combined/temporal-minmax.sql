-- about: MIN, MAX, COUNT(DISTINCT) and FIRST_VALUE of each time type
-- mode: streaming
-- compare: rows
-- inputs: temporal.ndjson

CREATE TABLE temporal (
  id INT, d DATE, tm TIME(0), ts0 TIMESTAMP(0), ts TIMESTAMP(3), lz TIMESTAMP_LTZ(3), epoch BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/temporal.ndjson',
  'format' = 'json'
);

SELECT MIN(d) AS a, MAX(tm) AS b, MIN(ts0) AS c, MAX(ts) AS e, MIN(lz) AS f, COUNT(DISTINCT tm) AS g, FIRST_VALUE(lz) AS h, LAST_VALUE(d) AS i, MAX(TIMESTAMPDIFF(DAY, d, CAST(ts AS DATE))) AS j FROM temporal;
