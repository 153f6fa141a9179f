-- about: MAX and MIN of sums that move
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

SELECT product, MAX(s) AS mx, MIN(s) AS mn FROM (SELECT product, customer_id, SUM(qty - 10) AS s FROM orders GROUP BY product, customer_id) GROUP BY product;
