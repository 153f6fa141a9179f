CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

CREATE TABLE results (id BIGINT, product INT) WITH ('connector' = 'print');

INSERT INTO results SELECT id, product FROM orders;
-- Column "product" of table "results" is INT, but the query gives STRING at 10:1.
-- 10 | INSERT INTO results SELECT id, product FROM orders;
--      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
-- Cast it: CAST(… AS INT).
