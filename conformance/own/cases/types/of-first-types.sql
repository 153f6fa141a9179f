-- about: FIRST_VALUE and LAST_VALUE of types
-- mode: streaming
-- compare: rows
-- inputs: vals.ndjson

CREATE TABLE vals (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(38, 10), z DECIMAL(38, 0), s STRING, c CHAR(4), b BOOLEAN, dt DATE, tm TIME(0), ts TIMESTAMP(3), t9 TIMESTAMP(9), lz TIMESTAMP_LTZ(3), a ARRAY<INT>, n ARRAY<STRING>, m MAP<STRING, INT>, r ROW<x INT, y STRING>, j STRING, bx BYTES
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/vals.ndjson',
  'format' = 'json'
);

SELECT FIRST_VALUE(a) AS a, LAST_VALUE(r) AS r, FIRST_VALUE(t9) AS t, LAST_VALUE(q) AS q, FIRST_VALUE(bx) AS b, LAST_VALUE(dt) AS d1 FROM vals WHERE id <> 3;
