-- about: join multiway
-- mode: both
-- compare: rows
-- inputs: orders.ndjson, customers.ndjson, shipments.ndjson

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

CREATE TABLE shipments (
  ship_id BIGINT, order_id BIGINT, carrier STRING, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/shipments.ndjson',
  'format' = 'json'
);

SELECT o.order_id, c.name, s.carrier FROM orders AS o JOIN customers AS c ON o.customer_id = c.customer_id LEFT JOIN shipments AS s ON s.order_id = o.order_id WHERE o.qty > 10;
