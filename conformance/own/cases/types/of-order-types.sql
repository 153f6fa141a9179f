-- about: ordering by bytes, dates, times and booleans
-- mode: batch
-- compare: ordered
-- inputs: vals.ndjson

CREATE TABLE vals (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(38, 10), z DECIMAL(38, 0), s STRING, c CHAR(4), b BOOLEAN, dt DATE, tm TIME(0), ts TIMESTAMP(3), t9 TIMESTAMP(9), lz TIMESTAMP_LTZ(3), a ARRAY<INT>, n ARRAY<STRING>, m MAP<STRING, INT>, r ROW<x INT, y STRING>, j STRING, bx BYTES
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/vals.ndjson',
  'format' = 'json'
);

SELECT id, bx, dt, tm, b FROM vals ORDER BY b DESC, bx, dt DESC NULLS FIRST, tm;
