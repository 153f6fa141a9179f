-- about: ltz-tumble
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

SET 'table.local-time-zone' = 'Asia/Kolkata';
CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), ts TIMESTAMP(3), lz AS CAST(ts AS TIMESTAMP_LTZ(3)),
  WATERMARK FOR lz AS lz - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT window_start, window_end, COUNT(*) AS n FROM TUMBLE(TABLE orders, DESCRIPTOR(lz), INTERVAL '1' HOUR) GROUP BY window_start, window_end;
