-- about: join count over
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

SELECT t.n, COUNT(*) AS customers, MIN(t.name) AS first_name FROM (SELECT c.name, COUNT(o.order_id) AS n FROM customers AS c LEFT JOIN orders AS o ON c.customer_id = o.customer_id GROUP BY c.name) AS t GROUP BY t.n;
