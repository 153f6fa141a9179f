-- about: view-window
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');
CREATE VIEW big AS SELECT order_id, qty, price * 2 AS dbl, ts FROM orders WHERE qty > 2;

SELECT window_start, COUNT(*) AS n, SUM(dbl) AS d FROM TUMBLE(TABLE big, DESCRIPTOR(ts), INTERVAL '1' MINUTE) GROUP BY window_start, window_end;
