-- about: the sum of a Top-N of aggregates
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

SELECT SUM(s) AS total, COUNT(*) AS n, MIN(s) AS lo FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY s DESC, customer_id) AS rn FROM (SELECT customer_id, SUM(price) AS s FROM orders WHERE customer_id IS NOT NULL GROUP BY customer_id)) WHERE rn <= 5;
