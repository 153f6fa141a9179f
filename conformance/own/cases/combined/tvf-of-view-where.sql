-- about: a window over a view with a computed column and a filter
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

CREATE VIEW big AS SELECT UPPER(product) AS p, price * qty AS total, ts FROM orders WHERE qty > 3;

SELECT p, window_start, SUM(total) AS s, AVG(total) AS a, MAX(total) - MIN(total) AS spread
FROM HOP(TABLE big, DESCRIPTOR(ts), INTERVAL '30' SECOND, INTERVAL '90' SECOND)
GROUP BY p, window_start, window_end
HAVING COUNT(*) > 1;
