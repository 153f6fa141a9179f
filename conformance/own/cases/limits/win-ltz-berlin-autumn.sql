-- about: hourly windows over autumn DST in Berlin
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

SELECT window_start, window_end, window_time, COUNT(*) AS c, SUM(v) AS s FROM TUMBLE(TABLE lev2, DESCRIPTOR(lz), INTERVAL '1' HOUR) GROUP BY window_start, window_end, window_time;
