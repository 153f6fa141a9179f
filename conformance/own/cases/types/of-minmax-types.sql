-- about: extremes of every type
-- mode: both
-- compare: rows
-- inputs: vals.ndjson

CREATE TABLE vals (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(38, 10), z DECIMAL(38, 0), s STRING, c CHAR(4), b BOOLEAN, dt DATE, tm TIME(0), ts TIMESTAMP(3), t9 TIMESTAMP(9), lz TIMESTAMP_LTZ(3), a ARRAY<INT>, n ARRAY<STRING>, m MAP<STRING, INT>, r ROW<x INT, y STRING>, j STRING, bx BYTES
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/vals.ndjson',
  'format' = 'json'
);

SELECT MIN(ti) AS a, MAX(si) AS b, MIN(f) AS c, MAX(d) AS d1, MIN(p) AS e, MAX(q) AS g, MIN(z) AS h, MAX(s) AS i1, MIN(c) AS j1, MAX(b) AS k, MIN(dt) AS l1, MAX(tm) AS m1, MIN(ts) AS n1, MAX(t9) AS o, MIN(lz) AS p1 FROM vals;
