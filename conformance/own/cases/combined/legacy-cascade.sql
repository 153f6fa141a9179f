-- about: a legacy window of a legacy window
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

SELECT TUMBLE_START(rt, INTERVAL '2' MINUTE) AS w, COUNT(*) AS c, MAX(q) AS m FROM (SELECT product, TUMBLE_ROWTIME(ts, INTERVAL '1' MINUTE) AS rt, SUM(qty) AS q FROM orders GROUP BY product, TUMBLE(ts, INTERVAL '1' MINUTE)) GROUP BY TUMBLE(rt, INTERVAL '2' MINUTE);
