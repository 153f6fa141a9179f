CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT TRUE + id
FROM orders;
-- + cannot be applied to BOOLEAN NOT NULL and BIGINT at 8:8.
-- 8 | SELECT TRUE + id
--            ^^^^^^^^^
-- Pass arguments of the types that it takes, or cast them.
