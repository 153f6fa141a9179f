-- about: ltz-session
-- mode: streaming
-- compare: rows
-- inputs: orders.ndjson

SET 'table.local-time-zone' = 'Europe/Berlin';
CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), ts TIMESTAMP(3), lz AS CAST(ts AS TIMESTAMP_LTZ(3)),
  WATERMARK FOR lz AS lz - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT customer_id, window_start, window_end, COUNT(*) AS n FROM SESSION(TABLE orders PARTITION BY customer_id, DESCRIPTOR(lz), INTERVAL '30' SECOND) GROUP BY customer_id, window_start, window_end;
