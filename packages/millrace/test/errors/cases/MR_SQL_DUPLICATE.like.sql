CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

CREATE TABLE more (
  qty BIGINT
) LIKE orders;
-- A column "qty" of "more" is in the other table too at 9:3.
-- 9 |   qty BIGINT
--       ^^^^^^^^^^
-- Give it another name, or leave it out here.
