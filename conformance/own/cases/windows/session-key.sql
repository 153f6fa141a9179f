-- about: session-key
-- mode: streaming
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT category, window_start, window_end, window_time, COUNT(*) AS n, SUM(qty) AS q FROM SESSION(TABLE orders PARTITION BY category, DESCRIPTOR(ts), INTERVAL '15' SECOND) GROUP BY category, window_start, window_end, window_time;
