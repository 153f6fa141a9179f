-- about: correlated self prev
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT o.order_id, (SELECT MAX(i.order_id) FROM orders AS i WHERE i.customer_id = o.customer_id AND i.order_id < o.order_id) AS prev FROM orders AS o;
