-- about: legacy-hop
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT HOP_START(ts, INTERVAL '30' SECOND, INTERVAL '1' MINUTE) AS s, HOP_END(ts, INTERVAL '30' SECOND, INTERVAL '1' MINUTE) AS e, SUM(price) AS p, AVG(qty) AS a FROM orders GROUP BY HOP(ts, INTERVAL '30' SECOND, INTERVAL '1' MINUTE);
