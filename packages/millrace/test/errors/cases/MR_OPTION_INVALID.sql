CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json',
  'json.ignore-parse-errors' = 'maybe'
);

SELECT id FROM orders;
-- option 'json.ignore-parse-errors' of table "orders" is 'maybe' (at 6:3)
-- 6 |   'json.ignore-parse-errors' = 'maybe'
--       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
-- It takes 'true' or 'false'.
