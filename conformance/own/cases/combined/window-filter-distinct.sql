-- about: DISTINCT and FILTER in one window
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

SELECT window_start, COUNT(DISTINCT product) AS d, COUNT(DISTINCT product) FILTER (WHERE qty > 8) AS df, SUM(DISTINCT qty) AS sd, COUNT(*) FILTER (WHERE category IS NULL) AS cn, AVG(price) FILTER (WHERE note = 'rush') AS ar
FROM TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '2' MINUTE) GROUP BY window_start, window_end;
