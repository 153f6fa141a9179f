-- about: keep the first over disorder
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id INT, customer_id INT, product STRING, category STRING, qty INT, price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT order_id, customer_id, qty FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY customer_id, product ORDER BY ts ASC) AS rn FROM orders) WHERE rn = 1;
