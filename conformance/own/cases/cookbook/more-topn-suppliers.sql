-- about: the best suppliers of each window
-- mode: streaming
-- compare: rows
-- inputs: supplier_orders.ndjson

CREATE TABLE supplier_orders (
  bidtime TIMESTAMP(3), price DECIMAL(10, 2), item STRING, supplier STRING,
  WATERMARK FOR bidtime AS bidtime - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/supplier_orders.ndjson',
  'format' = 'json'
);

SELECT window_start, window_end, supplier, total, rn FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY total DESC) AS rn FROM (SELECT window_start, window_end, supplier, SUM(price) AS total, COUNT(*) AS cnt FROM HOP(TABLE supplier_orders, DESCRIPTOR(bidtime), INTERVAL '30' SECOND, INTERVAL '1' MINUTE) GROUP BY window_start, window_end, supplier)) WHERE rn <= 2;
