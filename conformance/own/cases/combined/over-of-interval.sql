-- about: OVER in event time over an interval join
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

SELECT order_id, carrier, COUNT(*) OVER (PARTITION BY carrier ORDER BY ots) AS n, SUM(qty) OVER (PARTITION BY carrier ORDER BY ots) AS q FROM (
SELECT o.order_id, o.qty, o.ts AS ots, s.carrier FROM orders AS o JOIN shipments AS s ON o.order_id = s.order_id AND s.ts BETWEEN o.ts - INTERVAL '5' MINUTE AND o.ts + INTERVAL '10' MINUTE);
