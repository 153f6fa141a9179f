-- about: a watermark over a nested field
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

CREATE TABLE d2 (id INT, who ROW<name STRING>, ts STRING, t AS CAST(ts AS TIMESTAMP(3)), n AS who.name, WATERMARK FOR t AS t - INTERVAL '3' SECOND) WITH ('connector' = 'filesystem', 'path' = '${DATA}/deep.ndjson', 'format' = 'json');

SELECT window_start, n, COUNT(*) AS c FROM TUMBLE(TABLE d2, DESCRIPTOR(t), INTERVAL '20' SECOND) GROUP BY window_start, window_end, n;
