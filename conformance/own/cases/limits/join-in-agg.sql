-- about: IN over an aggregate with HAVING
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

SELECT name FROM customers WHERE customer_id IN (SELECT customer_id FROM orders GROUP BY customer_id HAVING COUNT(*) > 12 AND MAX(price) > 400);
