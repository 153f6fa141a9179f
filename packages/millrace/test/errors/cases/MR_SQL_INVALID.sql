CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT product, qty
FROM orders
GROUP BY product;
-- Column "qty" is neither in GROUP BY nor aggregated at 8:17.
-- 8 | SELECT product, qty
--                     ^^^
-- Group by it, or aggregate it with MAX or FIRST_VALUE.
