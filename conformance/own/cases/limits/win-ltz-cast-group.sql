-- about: local hours grouped over autumn DST
-- mode: both
-- compare: rows
-- inputs: lev2.ndjson

SET 'table.local-time-zone' = 'Europe/Berlin';

CREATE TABLE lev2 (
  id INT, k STRING, v INT, lz TIMESTAMP_LTZ(3),
  WATERMARK FOR lz AS lz - INTERVAL '15' MINUTE
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/lev2.ndjson',
  'format' = 'json'
);

SELECT DATE_FORMAT(lz, 'MM-dd HH') AS h, COUNT(*) AS c, MIN(CAST(lz AS TIMESTAMP(3))) AS mn, MAX(lz) AS mx, MIN(HOUR(lz)) AS hh FROM lev2 GROUP BY DATE_FORMAT(lz, 'MM-dd HH');
