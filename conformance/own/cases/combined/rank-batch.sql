-- about: RANK, DENSE_RANK, NTILE and PERCENT_RANK in batch
-- mode: batch
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

SELECT order_id, RANK() OVER (PARTITION BY product ORDER BY qty DESC) AS r, DENSE_RANK() OVER (PARTITION BY product ORDER BY qty DESC) AS dr, ROW_NUMBER() OVER (ORDER BY price, order_id) AS rn, NTILE(3) OVER (PARTITION BY category ORDER BY order_id) AS nt, CUME_DIST() OVER (ORDER BY qty) AS cd, FIRST_VALUE(order_id) OVER (PARTITION BY product ORDER BY order_id) AS fv, SUM(qty) OVER (PARTITION BY category) AS tot FROM orders;
