-- about: ORDER BY an expression not selected with OFFSET and FETCH
-- mode: both
-- compare: ordered
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

SELECT order_id, product FROM orders ORDER BY price * qty DESC, order_id OFFSET 3 ROWS FETCH NEXT 7 ROWS ONLY;
