-- about: legacy-cascade
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT TUMBLE_START(r, INTERVAL '2' MINUTE) AS s, SUM(n) AS n FROM (SELECT TUMBLE_ROWTIME(ts, INTERVAL '30' SECOND) AS r, COUNT(*) AS n FROM orders GROUP BY TUMBLE(ts, INTERVAL '30' SECOND)) GROUP BY TUMBLE(r, INTERVAL '2' MINUTE);
