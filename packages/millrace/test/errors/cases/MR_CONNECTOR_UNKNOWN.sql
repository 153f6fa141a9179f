CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesytem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT id FROM orders;
-- table "orders" is a source of the unknown connector 'filesytem' (at 5:3)
-- 5 |   'connector' = 'filesytem', 'path' = 'orders.ndjson', 'format' = 'json'
--       ^^^^^^^^^^^^^^^^^^^^^^^^^
-- Did you mean 'filesystem'? There are 'datagen', 'filesystem', 'memory'.
