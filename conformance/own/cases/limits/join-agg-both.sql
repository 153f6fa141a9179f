-- about: two aggregates joined FULL
-- mode: both
-- compare: rows
-- inputs: orders.ndjson, shipments.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/orders.ndjson',
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

SELECT a.order_id, a.q, b.n FROM (SELECT order_id, SUM(qty) AS q FROM orders WHERE order_id < 60 GROUP BY order_id) AS a FULL JOIN (SELECT order_id, COUNT(*) AS n FROM shipments GROUP BY order_id) AS b ON a.order_id = b.order_id;
