-- about: dates and times with intervals
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

SELECT id, d + INTERVAL '1' MONTH AS a, d - INTERVAL '10' DAY AS b, tm + INTERVAL '90' MINUTE AS c, ts + INTERVAL '1-1' YEAR TO MONTH AS e, TIMESTAMPDIFF(DAY, d, DATE '2024-01-01') AS g, (d - DATE '2020-02-29') DAY AS h FROM temporal;
