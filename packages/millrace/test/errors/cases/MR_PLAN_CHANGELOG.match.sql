CREATE TABLE orders (
  id BIGINT, product STRING, amount INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');

CREATE TABLE changes (
  id BIGINT, product STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts, PRIMARY KEY (id) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = 'changes.ndjson', 'format' = 'debezium-json');

SELECT *
FROM changes MATCH_RECOGNIZE (
  ORDER BY ts MEASURES A.id AS id PATTERN (A B) DEFINE A AS product = 'x'
);
-- MATCH_RECOGNIZE takes insert-only rows, but its input is updated or deleted from (at 11:6)
-- 11 | FROM changes MATCH_RECOGNIZE (
--           ^^^^^^^^^^^^^^^^^^^^^^^^^
-- Apply it before the aggregation or join that updates its results, or run in batch mode.
