CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

CREATE TABLE events (
  id BIGINT, name STRING, ts TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT id
FROM orders JOIN events ON orders.id = events.id;
-- Column "id" at 14:8 is ambiguous: it may be "orders.id" or "events.id".
-- 14 | SELECT id
--             ^^
-- Write the table in front of the column.
