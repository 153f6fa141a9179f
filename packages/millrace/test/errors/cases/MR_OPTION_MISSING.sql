CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'format' = 'json'
);

SELECT id FROM orders;
-- table "orders" lacks the option 'path' (at 1:1)
-- 1 | CREATE TABLE orders (
--     ^^^^^^^^^^^^^^^^^^^^^
-- Set it: A file, a folder or a glob; `.gz` and `.zst` files are decompressed.
