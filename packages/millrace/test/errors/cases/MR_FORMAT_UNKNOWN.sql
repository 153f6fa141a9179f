CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'yaml'
);

SELECT id FROM orders;
-- table "orders" has the unknown format 'yaml' (at 5:57)
-- 5 |   'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'yaml'
--                                                             ^^^^^^^^^^^^^^^^^
-- There are 'canal-json', 'changelog-json', 'csv', 'debezium-json', 'json', 'maxwell-json', 'ogg-json', 'raw'.
