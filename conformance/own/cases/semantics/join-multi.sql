-- about: join-multi
-- mode: both
-- compare: rows
-- inputs: customers.ndjson, orders.ndjson, shipments.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT, price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');
CREATE TABLE customers (
  customer_id INT, name STRING, region STRING, credit DECIMAL(12, 2), vip BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/customers.ndjson', 'format' = 'json');
CREATE TABLE shipments (
  ship_id INT, order_id BIGINT, carrier STRING, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/shipments.ndjson', 'format' = 'json');

SELECT c.name, COUNT(*) AS n, SUM(o.qty) AS q FROM customers AS c JOIN orders AS o ON c.customer_id = o.customer_id JOIN shipments AS s ON s.order_id = o.order_id GROUP BY c.name;
