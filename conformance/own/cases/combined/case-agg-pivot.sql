-- about: a pivot by CASE with NULLs
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/orders.ndjson',
  'format' = 'json'
);

SELECT customer_id, SUM(CASE WHEN category = 'hard' THEN qty END) AS hard, SUM(CASE WHEN category = 'soft' THEN qty ELSE 0 END) AS soft, COUNT(CASE WHEN category IS NULL THEN 1 END) AS nocat, MAX(CASE product WHEN 'anvil' THEN price END) AS anvil FROM orders GROUP BY customer_id;
