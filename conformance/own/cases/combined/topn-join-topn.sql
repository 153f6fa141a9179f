-- about: a Top-N joined with another Top-N
-- mode: both
-- compare: rows
-- inputs: customers.ndjson, orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/orders.ndjson',
  'format' = 'json'
);

CREATE TABLE customers (
  customer_id INT, name STRING, region STRING, credit DECIMAL(12, 2), vip BOOLEAN
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/customers.ndjson',
  'format' = 'json'
);

SELECT a.product, a.q, b.customer_id, b.c FROM (SELECT * FROM (SELECT product, SUM(qty) AS q, ROW_NUMBER() OVER (ORDER BY SUM(qty) DESC, product) AS rn FROM orders GROUP BY product) WHERE rn <= 3) AS a JOIN (SELECT * FROM (SELECT product, customer_id, COUNT(*) AS c, ROW_NUMBER() OVER (PARTITION BY product ORDER BY COUNT(*) DESC, customer_id) AS rn FROM orders WHERE customer_id IS NOT NULL GROUP BY product, customer_id) WHERE rn <= 2) AS b ON a.product = b.product;
