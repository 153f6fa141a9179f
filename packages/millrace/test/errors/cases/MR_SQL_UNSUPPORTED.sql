CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

TRUNCATE TABLE orders;
-- TRUNCATE TABLE at 8:1 is not supported.
-- 8 | TRUNCATE TABLE orders;
--     ^^^^^^^^^^^^^^^^^^^^^
-- Empty the system that the table is in.
