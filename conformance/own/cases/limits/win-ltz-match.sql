-- about: a pattern over LTZ times
-- mode: streaming
-- compare: rows
-- inputs: lev.ndjson

SET 'table.local-time-zone' = 'America/New_York';

CREATE TABLE lev (
  id INT, k STRING, v INT, lz TIMESTAMP_LTZ(3),
  WATERMARK FOR lz AS lz - INTERVAL '2' HOUR
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/lev.ndjson',
  'format' = 'json'
);

SELECT * FROM lev MATCH_RECOGNIZE (PARTITION BY k ORDER BY lz MEASURES A.lz AS t0, LAST(B.lz) AS t1, COUNT(B.id) AS n, MATCH_ROWTIME() AS rt AFTER MATCH SKIP PAST LAST ROW PATTERN (A B+ C) DEFINE A AS A.v = 1, B AS B.v > 1, C AS C.v IS NULL OR C.v = 1);
