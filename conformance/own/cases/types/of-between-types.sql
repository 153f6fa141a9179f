-- about: BETWEEN over dates, times and timestamps
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

SELECT id FROM temporal WHERE d BETWEEN DATE '2018-01-01' AND DATE '2021-12-31' AND (tm > TIME '12:00:00' OR ts0 NOT BETWEEN TIMESTAMP '2025-01-01 00:00:00' AND TIMESTAMP '2026-01-01 00:00:00');
