-- about: dates compared with text
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

SELECT id FROM temporal WHERE d > '2019-06-01' AND ts < '2024-03-01 00:00:00';
