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

SELECT o.id, e.name
FROM orders AS o JOIN events FOR SYSTEM_TIME AS OF o.ts AS e ON o.id = e.id;
-- The right side of the temporal join has no primary key at 15:23.
-- 15 | FROM orders AS o JOIN events FOR SYSTEM_TIME AS OF o.ts AS e ON o.id = e.id;
--                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
-- Declare PRIMARY KEY (…) NOT ENFORCED, or deduplicate by ROW_NUMBER() = 1.
