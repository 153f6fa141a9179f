CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT product AS value
FROM orders;
-- Syntax error at 8:19: found value, expected a column name.
-- 8 | SELECT product AS value
--                       ^^^^^
-- VALUE is a reserved word; as a name write it in backquotes: `value`.
