CREATE TABLE orders (
  id BIGINT, `user` STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT user, COUNT(*) AS n
FROM orders
GROUP BY user;
-- USER is a reserved word at 10:10.
-- 10 | GROUP BY user;
--               ^^^^
-- Write `user` for the column.
