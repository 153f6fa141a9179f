-- about: a join on an expression of both sides' types
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

SELECT o.order_id, c.name FROM orders AS o JOIN customers AS c ON o.customer_id = c.customer_id + 1 AND CHAR_LENGTH(c.name) = 3 WHERE o.order_id <= 40;
