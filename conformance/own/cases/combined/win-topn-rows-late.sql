-- about: Top-N of window rows, of which some are late, then a plain aggregate
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

SELECT product, COUNT(*) AS c, SUM(qty) AS q FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY price DESC, order_id) AS rn FROM TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '30' SECOND)) WHERE rn <= 2 GROUP BY product;
