-- about: NOT EXISTS with an inequality beside
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

SELECT order_id FROM orders AS o WHERE o.order_id < 50 AND NOT EXISTS (SELECT 1 FROM shipments AS s WHERE s.order_id = o.order_id AND s.ts > o.ts);
