CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT 10 / (qty - qty) AS q FROM orders;
-- division by zero
-- It arose on a record of orders (<folder>/orders.ndjson, byte 0): "{\"id\":1,\"product\":\"cog\",\"qty\":3,\"price\":2.5,\"ts\":\"2024-01-01 00:00:00\"}\n"
-- Guard the divisor, as in a / NULLIF(b, 0).
