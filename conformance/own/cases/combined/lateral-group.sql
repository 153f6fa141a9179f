-- about: a grouped LATERAL sub-query
-- mode: both
-- compare: rows
-- inputs: customers.ndjson, orders.ndjson

CREATE TABLE customers (
  customer_id INT, name STRING, region STRING, credit DECIMAL(12, 2), vip BOOLEAN
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/customers.ndjson',
  'format' = 'json'
);

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/orders.ndjson',
  'format' = 'json'
);

SELECT c.name, t.product, t.q FROM customers AS c, LATERAL (SELECT product, SUM(qty) AS q FROM orders AS o WHERE o.customer_id = c.customer_id GROUP BY product HAVING SUM(qty) > 20) AS t;
