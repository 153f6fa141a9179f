-- about: CASE of DECIMALs, INTs and DOUBLEs
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

SELECT order_id, CASE WHEN qty > 10 THEN price ELSE qty END AS a, CASE WHEN qty > 10 THEN rate ELSE price END AS b, COALESCE(price, qty, 0) AS c, CASE qty WHEN 1 THEN 1.5 WHEN 2 THEN 22.25 ELSE 0 END AS d, NULLIF(price, 310.78) AS n, IF(qty > 5, 1, 2.5) AS f, GREATEST(qty, 5) AS g FROM orders;
