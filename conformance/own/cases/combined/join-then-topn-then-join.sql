-- about: a join, its Top-1, joined again
-- mode: both
-- compare: rows
-- inputs: customers.ndjson, orders.ndjson, shipments.ndjson

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

CREATE TABLE shipments (
  ship_id BIGINT, order_id BIGINT, carrier STRING, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/shipments.ndjson',
  'format' = 'json'
);

SELECT t.region, t.order_id, t.price, COUNT(s.ship_id) AS ships FROM (SELECT region, order_id, price FROM (SELECT c.region, o.order_id, o.price, ROW_NUMBER() OVER (PARTITION BY c.region ORDER BY o.price DESC, o.order_id) AS rn FROM orders AS o JOIN customers AS c ON o.customer_id = c.customer_id WHERE o.price IS NOT NULL) WHERE rn <= 3) AS t LEFT JOIN shipments AS s ON s.order_id = t.order_id GROUP BY t.region, t.order_id, t.price;
