-- about: legacy tumbling windows with HAVING on an aggregate not selected
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

SELECT TUMBLE_START(ts, INTERVAL '1' MINUTE) AS ws, category, SUM(price) AS s
FROM orders
GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE), category
HAVING COUNT(DISTINCT product) >= 3 AND MAX(qty) > 5;
