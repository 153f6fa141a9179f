CREATE TABLE orders (
  id BIGINT, product STRING, amount INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');

SELECT id, product
FROM orders
ORDER BY amount DESC;
-- ORDER BY of a stream must be by its event time, ascending, or have a LIMIT (at 8:10)
-- 8 | ORDER BY amount DESC;
--              ^^^^^^
-- Add LIMIT n, order by the event-time column, or run in batch mode.
