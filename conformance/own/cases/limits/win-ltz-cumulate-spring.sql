-- about: cumulating windows over spring DST in Berlin
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

SELECT window_start, window_end, COUNT(*) AS c FROM CUMULATE(TABLE lev, DESCRIPTOR(lz), INTERVAL '6' HOUR, INTERVAL '1' DAY) GROUP BY window_start, window_end;
