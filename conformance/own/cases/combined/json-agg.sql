-- about: JSON_OBJECTAGG and JSON_ARRAYAGG over groups of one row
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

SELECT order_id, JSON_OBJECTAGG(KEY product VALUE qty) AS o, JSON_ARRAYAGG(category) AS a, JSON_ARRAYAGG(note NULL ON NULL) AS n FROM orders WHERE order_id < 30 GROUP BY order_id;
