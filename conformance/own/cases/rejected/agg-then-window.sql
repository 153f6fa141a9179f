-- about: a window over an aggregate that is updated
-- mode: streaming
-- compare: error
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

SELECT window_start, COUNT(*) FROM TUMBLE(TABLE (SELECT product, MAX(ts) AS ts FROM orders GROUP BY product), DESCRIPTOR(ts), INTERVAL '1' MINUTE) GROUP BY window_start, window_end;
