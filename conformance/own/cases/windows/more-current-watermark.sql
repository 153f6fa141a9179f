-- about: CURRENT_WATERMARK beside late rows
-- mode: streaming
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

SELECT order_id, ts, CURRENT_WATERMARK(ts) AS w, ts <= CURRENT_WATERMARK(ts) AS late FROM orders WHERE order_id < 60;
