-- about: ROLLUP with DISTINCT aggregates and HAVING on GROUPING
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

SELECT product, category, COUNT(DISTINCT customer_id) AS d FROM orders GROUP BY ROLLUP (product, category) HAVING GROUPING(category) = 1;
