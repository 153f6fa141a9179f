-- about: types of time attributes, of OVER and of timestamps that meet
-- mode: batch
-- compare: rows
-- inputs: vals.ndjson

CREATE TABLE vals (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(38, 10), z DECIMAL(38, 0), s STRING, c CHAR(4), b BOOLEAN, dt DATE, tm TIME(0), ts TIMESTAMP(3), t9 TIMESTAMP(9), lz TIMESTAMP_LTZ(3), a ARRAY<INT>, n ARRAY<STRING>, m MAP<STRING, INT>, r ROW<x INT, y STRING>, j STRING, bx BYTES
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/vals.ndjson',
  'format' = 'json'
);

SELECT id, MAX(q) OVER (ORDER BY id) AS mx, MIN(t9) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS mn FROM vals;
