-- about: legacy windows over spring DST in Berlin
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

SELECT TUMBLE_START(lz, INTERVAL '2' HOUR) AS s, TUMBLE_END(lz, INTERVAL '2' HOUR) AS e, TUMBLE_ROWTIME(lz, INTERVAL '2' HOUR) AS r, COUNT(*) AS c FROM lev GROUP BY TUMBLE(lz, INTERVAL '2' HOUR);
