-- about: ORDER BY over a UNION by position and alias
-- mode: batch
-- compare: ordered
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

SELECT product AS k, COUNT(*) AS c FROM orders GROUP BY product UNION ALL SELECT COALESCE(category, '-'), COUNT(*) FROM orders GROUP BY category ORDER BY c DESC, 1 LIMIT 6;
