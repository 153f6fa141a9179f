-- about: legacy tumbling windows with HAVING over a distinct count
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

SELECT TUMBLE_END(ts, INTERVAL '1' MINUTE) AS we, category, COUNT(DISTINCT product) AS dp
FROM orders
GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE), category
HAVING COUNT(DISTINCT product) >= 3;
