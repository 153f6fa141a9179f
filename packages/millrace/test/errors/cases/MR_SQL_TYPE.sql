CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT id FROM orders
WHERE qty;
-- WHERE needs a BOOLEAN, not INT at 9:7.
-- 9 | WHERE qty;
--           ^^^
-- Cast the value, or use another column.
