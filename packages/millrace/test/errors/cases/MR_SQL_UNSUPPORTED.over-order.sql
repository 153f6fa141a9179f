CREATE TABLE orders (
  id BIGINT, product STRING, amount INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');

SELECT id,
  SUM(amount) OVER (PARTITION BY product ORDER BY ts DESC) AS total
FROM orders;
-- an OVER aggregate of a stream must be ordered by its time, ascending (at 7:3)
-- 7 |   SUM(amount) OVER (PARTITION BY product ORDER BY ts DESC) AS total
--       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
-- Order by the event-time column, or run in batch mode.
