-- about: rows made, aggregated and read again
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

SELECT n, r.c AS c, r.m AS m FROM (SELECT who.name AS n, CAST(ROW(COUNT(*), MAX(id)) AS ROW<c BIGINT, m INT>) AS r FROM deep GROUP BY who.name);
