-- about: windows over nested fields
-- mode: streaming
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

SELECT window_start, who.name, COUNT(*) AS c, SUM(items[1].qty) AS q FROM TUMBLE(TABLE deep, DESCRIPTOR(ts), INTERVAL '30' SECOND) GROUP BY window_start, window_end, who.name;
