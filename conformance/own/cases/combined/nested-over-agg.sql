-- about: OVER over an aggregate in one SELECT, in batch and as Top-N
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

SELECT product, s FROM (SELECT product, SUM(qty) AS s, ROW_NUMBER() OVER (ORDER BY SUM(qty) DESC) AS rn FROM orders GROUP BY product) WHERE rn = 1;
