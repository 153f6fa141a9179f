-- about: functions of nested arrays
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

SELECT id, ARRAY_CONTAINS(grid, ARRAY[3]) AS a, ARRAY_DISTINCT(grid) AS b, ARRAY_REVERSE(grid) AS c, ARRAY_CONCAT(grid, ARRAY[ARRAY[9]]) AS d, MAP_KEYS(attrs) AS e FROM deep WHERE id < 12;
