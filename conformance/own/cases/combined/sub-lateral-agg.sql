-- about: an aggregate by LATERAL
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

SELECT c.name, t.n, t.s FROM customers AS c LEFT JOIN LATERAL (SELECT COUNT(*) AS n, SUM(qty) AS s FROM orders AS o WHERE o.customer_id = c.customer_id AND o.category = 'hard') AS t ON TRUE;
