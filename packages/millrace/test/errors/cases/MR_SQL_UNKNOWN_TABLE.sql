CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT id
FROM order_s;
-- Unknown table "order_s" at 9:6. Known: "orders". Did you mean "orders"?
-- 9 | FROM order_s;
--          ^^^^^^^
-- Declare it with CREATE TABLE or CREATE VIEW before it is used.
