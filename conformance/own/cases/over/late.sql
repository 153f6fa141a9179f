-- about: late rows in OVER
-- mode: streaming
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id INT, customer_id INT, product STRING, category STRING, qty INT, price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT order_id, SUM(qty) OVER (PARTITION BY customer_id ORDER BY ts RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW) AS s FROM orders;
