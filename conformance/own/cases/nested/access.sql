-- about: parts of nested values
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

SELECT id, items[1].sku AS a, items[1].opts[2] AS b, attrs['a'].n AS c, grid[1][2] AS d, who.home.geo[1] AS e, who.home.city AS f, CARDINALITY(items) AS g, CARDINALITY(grid[2]) AS h FROM deep;
