-- about: Top-N of sums with the rank
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

SELECT rn, product, s FROM (SELECT product, s, ROW_NUMBER() OVER (ORDER BY s DESC, product) AS rn FROM (SELECT product, SUM(price) AS s FROM orders GROUP BY product)) WHERE rn <= 3;
