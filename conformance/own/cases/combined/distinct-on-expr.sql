-- about: DISTINCT over expressions, then counted
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

SELECT COUNT(*) AS c, COUNT(p) AS cp FROM (SELECT DISTINCT UPPER(LEFT(product, 2)) AS p, qty > 10 AS b, category FROM orders);
