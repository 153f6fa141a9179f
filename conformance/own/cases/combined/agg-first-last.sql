-- about: FIRST_VALUE and LAST_VALUE with filters by group
-- mode: streaming
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

SELECT product, FIRST_VALUE(order_id) AS f, LAST_VALUE(order_id) AS l, FIRST_VALUE(note) AS fn, LAST_VALUE(category) AS lc, FIRST_VALUE(price) FILTER (WHERE qty > 10) AS fp FROM orders GROUP BY product;
