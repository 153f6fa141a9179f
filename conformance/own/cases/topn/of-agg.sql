-- about: Top-N of an aggregation
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id INT, customer_id INT, product STRING, category STRING, qty INT, price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT * FROM (SELECT category, product, q, ROW_NUMBER() OVER (PARTITION BY category ORDER BY q DESC, product) AS rn FROM (SELECT category, product, SUM(qty) AS q FROM orders GROUP BY category, product)) WHERE rn <= 2;
