-- about: a join on nested fields
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

SELECT a.id, b.id AS bid FROM deep AS a JOIN deep AS b ON a.who.name = b.who.name AND a.items[1].sku = b.items[1].sku AND a.id < b.id;
