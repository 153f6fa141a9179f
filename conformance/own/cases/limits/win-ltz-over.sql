-- about: OVER with a RANGE of time over DST
-- mode: streaming
-- compare: rows
-- inputs: lev.ndjson

SET 'table.local-time-zone' = 'Europe/Berlin';

CREATE TABLE lev (
  id INT, k STRING, v INT, lz TIMESTAMP_LTZ(3),
  WATERMARK FOR lz AS lz - INTERVAL '2' HOUR
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/lev.ndjson',
  'format' = 'json'
);

SELECT id, lz, SUM(v) OVER (PARTITION BY k ORDER BY lz RANGE BETWEEN INTERVAL '2' HOUR PRECEDING AND CURRENT ROW) AS s FROM lev;
