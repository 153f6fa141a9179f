-- about: interval full
-- mode: both
-- compare: rows
-- inputs: orders.ndjson, shipments.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/orders.ndjson',
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

SELECT o.order_id, s.ship_id, o.ts AS ots, s.ts AS sts FROM orders AS o FULL JOIN shipments AS s ON o.order_id = s.order_id AND o.ts >= s.ts - INTERVAL '3' MINUTE AND o.ts < s.ts;
