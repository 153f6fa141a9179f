CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT UPER(product)
FROM orders;
-- Unknown function UPER at 8:8. Did you mean "UPPER"?
-- 8 | SELECT UPER(product)
--            ^^^^
-- Use a built-in function, or register your own.
