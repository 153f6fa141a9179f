-- about: nested casts
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

SELECT id, CAST(who AS ROW<a STRING, b ROW<c STRING, d ARRAY<STRING>>>) AS w, CAST(grid AS ARRAY<ARRAY<STRING>>) AS g, CAST(items AS ARRAY<ROW<s CHAR(2), q BIGINT, o ARRAY<STRING>>>) AS i FROM deep;
