-- about: legacy sessions over autumn DST in Berlin
-- mode: streaming
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

SELECT k, SESSION_START(lz, INTERVAL '40' MINUTE) AS s, SESSION_END(lz, INTERVAL '40' MINUTE) AS e, COUNT(*) AS c FROM lev2 GROUP BY k, SESSION(lz, INTERVAL '40' MINUTE);
