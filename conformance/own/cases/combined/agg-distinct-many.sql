-- about: several DISTINCT aggregates with different filters
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

SELECT category, COUNT(DISTINCT product) AS a, COUNT(DISTINCT customer_id) AS b, SUM(DISTINCT qty) AS c, AVG(DISTINCT qty) AS d, COUNT(DISTINCT product) FILTER (WHERE qty > 10) AS e, COUNT(DISTINCT product) FILTER (WHERE qty <= 10) AS f, MAX(DISTINCT price) AS g FROM orders GROUP BY category;
