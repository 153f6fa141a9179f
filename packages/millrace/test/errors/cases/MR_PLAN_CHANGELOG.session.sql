CREATE TABLE orders (
  id BIGINT, product STRING, amount INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');

CREATE TABLE changes (
  id BIGINT, product STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts, PRIMARY KEY (id) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = 'changes.ndjson', 'format' = 'debezium-json');

SELECT window_end, COUNT(*) AS n
FROM SESSION(TABLE changes, DESCRIPTOR(ts), INTERVAL '1' MINUTE)
GROUP BY window_start, window_end;
-- a SESSION window takes insert-only rows, but its input is updated or deleted from (at 11:6)
-- 11 | FROM SESSION(TABLE changes, DESCRIPTOR(ts), INTERVAL '1' MINUTE)
--           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
-- Apply it before the aggregation or join that updates its results.
