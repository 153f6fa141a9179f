CREATE TABLE orders (
  id BIGINT, product STRING, amount INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');

SELECT id, MAX(amount) OVER (ORDER BY amount
  ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS most
FROM orders;
-- an OVER frame of a stream that is not ordered by time must be UNBOUNDED PRECEDING AND CURRENT ROW (at 6:12)
-- 6 | SELECT id, MAX(amount) OVER (ORDER BY amount
--                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
-- Order by the event-time column, or run in batch mode.
