-- about: join agg agg
-- mode: both
-- compare: rows
-- inputs: orders.ndjson, customers.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/orders.ndjson',
  'format' = 'json'
);

CREATE TABLE customers (
  customer_id INT, name STRING, region STRING, credit DOUBLE, vip BOOLEAN
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/customers.ndjson',
  'format' = 'json'
);

SELECT c.region, t.n, t.total FROM customers AS c LEFT JOIN (SELECT customer_id, COUNT(*) AS n, SUM(price) AS total FROM orders GROUP BY customer_id) AS t ON c.customer_id = t.customer_id;
