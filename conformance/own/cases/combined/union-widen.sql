-- about: UNION ALL whose columns widen
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/orders.ndjson',
  'format' = 'json'
);

SELECT qty AS v, 'q' AS src FROM orders WHERE order_id <= 3 UNION ALL SELECT price, 'price' FROM orders WHERE order_id <= 3 UNION ALL SELECT order_id, 'id' FROM orders WHERE order_id <= 2;
