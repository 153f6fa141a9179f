-- about: UNION (distinct) of two Top-Ns
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

SELECT order_id, qty FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY qty DESC, order_id) AS rn FROM orders WHERE qty IS NOT NULL) WHERE rn <= 5
UNION
SELECT order_id, qty FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY price DESC, order_id) AS rn FROM orders WHERE price IS NOT NULL) WHERE rn <= 5;
