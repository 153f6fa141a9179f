-- about: grouped by CASE
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

SELECT CASE WHEN qty > 15 THEN 'big' WHEN qty > 5 THEN 'mid' ELSE 'small' END AS size, COUNT(*) AS c, SUM(price) AS s, AVG(price) AS a FROM orders GROUP BY CASE WHEN qty > 15 THEN 'big' WHEN qty > 5 THEN 'mid' ELSE 'small' END;
