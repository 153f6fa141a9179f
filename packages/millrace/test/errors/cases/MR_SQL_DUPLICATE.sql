CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

CREATE VIEW orders AS SELECT 1 AS x;
-- There is a table "orders" already at 8:13.
-- 8 | CREATE VIEW orders AS SELECT 1 AS x;
--                 ^^^^^^
-- Choose another name, DROP the other first, or write IF NOT EXISTS.
