-- about: NULL tests of nested values
-- mode: both
-- compare: rows
-- inputs: deep.ndjson

CREATE TABLE deep (
  id INT, items ARRAY<ROW<sku STRING, qty INT, opts ARRAY<STRING>>>, attrs MAP<STRING, ROW<n INT, s STRING>>, grid ARRAY<ARRAY<INT>>, who ROW<name STRING, home ROW<city STRING, geo ARRAY<DOUBLE>>>, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '3' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/deep.ndjson',
  'format' = 'json'
);

SELECT id, items IS NULL AS a, who IS NULL AS b, who.home IS NULL AS c, who.home.geo IS NOT NULL AS d, attrs['zz'] IS NULL AS e FROM deep;
