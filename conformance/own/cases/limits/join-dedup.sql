-- about: customers joined to their last orders
-- mode: streaming
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

SELECT c.name, o.order_id, o.price FROM customers AS c JOIN (SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY ts DESC) AS rn FROM orders) WHERE rn = 1) AS o ON c.customer_id = o.customer_id;
