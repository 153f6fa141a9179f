CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT window_start, COUNT(*) AS n
FROM TUMBLE(orders, DESCRIPTOR(ts), INTERVAL '7' SECOND)
GROUP BY window_start, window_end;
-- The first argument of TUMBLE must be TABLE and a table's name at 9:13.
-- 9 | FROM TUMBLE(orders, DESCRIPTOR(ts), INTERVAL '7' SECOND)
--                 ^^^^^^
-- Write TUMBLE(TABLE orders, …).
