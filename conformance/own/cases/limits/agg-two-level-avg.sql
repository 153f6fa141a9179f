-- about: an average of sums
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

SELECT AVG(s) AS a, MAX(s) AS m, COUNT(*) AS c FROM (SELECT customer_id, SUM(price) AS s FROM orders GROUP BY customer_id);
