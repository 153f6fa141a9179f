-- about: with-nested
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT, price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

WITH a AS (SELECT category, SUM(qty) AS q FROM orders GROUP BY category), b AS (SELECT MAX(q) AS m FROM a) SELECT a.category, a.q FROM a JOIN b ON a.q = b.m;
