CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT id,
  UPPER(product, 2)
FROM orders;
-- UPPER needs 1 argument at 9:3.
-- 9 |   UPPER(product, 2)
--       ^^^^^^^^^^^^^^^^^
-- Pass arguments of the types that it takes, or cast them.
