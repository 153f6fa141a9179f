CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json',
  'json.ignore-parse-error' = 'true'
);

SELECT id FROM orders;
-- table "orders" has an unknown option 'json.ignore-parse-error' (at 6:3)
-- 6 |   'json.ignore-parse-error' = 'true'
--       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
-- Did you mean 'json.ignore-parse-errors'?
