-- about: several WITH queries, one used twice
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

WITH o AS (SELECT customer_id, product, SUM(qty) AS q FROM orders GROUP BY customer_id, product), best AS (SELECT customer_id, MAX(q) AS q FROM o GROUP BY customer_id), named AS (SELECT o.customer_id, o.product, o.q FROM o JOIN best ON o.customer_id = best.customer_id AND o.q = best.q) SELECT c.name, n.product, n.q FROM named AS n JOIN customers AS c ON n.customer_id = c.customer_id;
