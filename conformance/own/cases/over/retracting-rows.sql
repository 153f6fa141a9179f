-- about: updating input, ROWS
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id INT, customer_id INT, product STRING, category STRING, qty INT, price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT customer_id, q, SUM(q) OVER (ORDER BY customer_id ROWS UNBOUNDED PRECEDING) AS s FROM (SELECT customer_id, SUM(qty) AS q FROM orders GROUP BY customer_id);
