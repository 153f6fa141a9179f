-- about: correlated lateral star eq
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT o.order_id, x.order_id AS b FROM orders AS o, LATERAL (SELECT * FROM orders AS i WHERE i.category = o.category) AS x WHERE o.order_id < 3;
