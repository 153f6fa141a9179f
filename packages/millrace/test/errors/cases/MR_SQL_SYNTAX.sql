CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT product, COUNT(*
FROM orders;
-- Syntax error at 9:1: found FROM, expected ) or ,.
-- 9 | FROM orders;
--     ^^^^
-- Close the parenthesis of COUNT(.
