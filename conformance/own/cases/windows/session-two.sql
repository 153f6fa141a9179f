-- about: session-two
-- mode: streaming
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT customer_id, category, window_start, COUNT(*) AS n FROM SESSION(TABLE orders PARTITION BY (customer_id, category), DESCRIPTOR(ts), INTERVAL '30' SECOND) GROUP BY customer_id, category, window_start, window_end;
