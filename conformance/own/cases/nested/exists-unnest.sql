-- about: EXISTS over UNNEST
-- mode: both
-- compare: error
-- inputs: deep.ndjson

CREATE TABLE deep (
  id INT, items ARRAY<ROW<sku STRING, qty INT, opts ARRAY<STRING>>>, attrs MAP<STRING, ROW<n INT, s STRING>>, grid ARRAY<ARRAY<INT>>, who ROW<name STRING, home ROW<city STRING, geo ARRAY<DOUBLE>>>, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '3' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/deep.ndjson',
  'format' = 'json'
);

SELECT id FROM deep AS d WHERE EXISTS (SELECT 1 FROM UNNEST(d.items) AS t (sku, qty, opts) WHERE t.qty > 2);
