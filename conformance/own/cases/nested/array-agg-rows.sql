-- about: ARRAY_AGG of rows, unnested
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

SELECT n, u.id, u.q FROM (SELECT who.name AS n, ARRAY_AGG(CAST(ROW(id, items[1].qty) AS ROW<id INT, q INT>)) AS a FROM deep GROUP BY who.name) CROSS JOIN UNNEST(a) AS u (id, q);
