-- about: three levels of aggregates
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

SELECT n, COUNT(*) AS groups_of, MAX(top) AS top FROM (SELECT customer_id, COUNT(*) AS n, MAX(s) AS top FROM (SELECT customer_id, product, SUM(price) AS s FROM orders GROUP BY customer_id, product) GROUP BY customer_id) GROUP BY n;
