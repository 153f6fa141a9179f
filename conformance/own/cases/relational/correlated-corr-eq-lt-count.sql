-- about: correlated corr eq lt count
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT o.order_id, (SELECT COUNT(*) FROM orders AS i WHERE o.category = i.category AND o.price < i.price) AS s FROM orders AS o WHERE o.order_id < 20;
