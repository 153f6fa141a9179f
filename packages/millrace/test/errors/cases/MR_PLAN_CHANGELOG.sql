CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

CREATE TABLE counts (product STRING, n BIGINT) WITH (
  'connector' = 'filesystem', 'path' = 'counts.ndjson', 'format' = 'json'
);

INSERT INTO counts
SELECT product, COUNT(*) FROM orders GROUP BY product;
-- table counts (filesystem) takes inserts only, but the query updates or deletes rows that it gave before (at 12:13)
-- 12 | INSERT INTO counts
--                  ^^^^^^
-- Use a window aggregation, write to a table with a primary key that takes upserts, or run in batch mode.
