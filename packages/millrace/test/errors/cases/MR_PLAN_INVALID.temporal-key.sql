CREATE TABLE orders (
  id BIGINT, product STRING, amount DECIMAL(6, 2), ts TIMESTAMP(3), WATERMARK FOR ts AS ts
) WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');
CREATE TABLE prices (
  product STRING, price DECIMAL(6, 2), since TIMESTAMP(3),
  PRIMARY KEY (product) NOT ENFORCED, WATERMARK FOR since AS since
) WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');

SELECT o.id
FROM orders AS o JOIN prices FOR SYSTEM_TIME AS OF o.ts AS p ON o.amount = p.price;
-- The temporal join does not compare "product", of the right side's key, by = at 10:23.
-- 10 | FROM orders AS o JOIN prices FOR SYSTEM_TIME AS OF o.ts AS p ON o.amount = p.price;
--                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
-- Compare each column of the key with one of the left side.
