-- about: LEFT JOIN UNNEST at both levels
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

SELECT d.id, i.sku, i.qty, o.opt FROM deep AS d LEFT JOIN UNNEST(d.items) AS i (sku, qty, opts) ON TRUE LEFT JOIN UNNEST(i.opts) AS o (opt) ON TRUE;
