CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT window_start, COUNT(*) AS n
FROM TUMBLE(TABLE orders, DESCRIPTOR(price), INTERVAL '7' SECOND)
GROUP BY window_start, window_end;
-- A window needs an event-time column; "price" is DECIMAL(10, 2) at 9:38.
-- 9 | FROM TUMBLE(TABLE orders, DESCRIPTOR(price), INTERVAL '7' SECOND)
--                                          ^^^^^
-- Its event time is "ts".
