-- about: rollup
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT window_start, category, customer_id, SUM(qty) AS n, GROUPING(category) AS gc, GROUPING_ID(category, customer_id) AS gi FROM TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '2' MINUTE) GROUP BY window_start, window_end, ROLLUP (category, customer_id);
