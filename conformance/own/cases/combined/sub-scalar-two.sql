-- about: two scalar sub-queries, one of them in a CASE
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

SELECT c.name, (SELECT COUNT(*) FROM orders AS o WHERE o.customer_id = c.customer_id) AS n, CASE WHEN (SELECT MAX(price) FROM orders AS o WHERE o.customer_id = c.customer_id) > 450 THEN 'big' ELSE 'small' END AS kind FROM customers AS c;
