-- about: union-window
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');
CREATE VIEW both_ AS SELECT order_id, qty, ts FROM orders WHERE qty > 5 UNION ALL SELECT order_id, qty, ts FROM orders WHERE qty < 3;

SELECT window_start, COUNT(*) AS n FROM TUMBLE(TABLE both_, DESCRIPTOR(ts), INTERVAL '1' MINUTE) GROUP BY window_start, window_end;
