-- about: SKIP TO NEXT ROW over disorder
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id INT, customer_id INT, product STRING, category STRING, qty INT, price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT * FROM orders MATCH_RECOGNIZE (
  PARTITION BY customer_id ORDER BY ts MEASURES A.order_id AS a, C.order_id AS c, COUNT(B.qty) AS n, SUM(B.qty) AS q ONE ROW PER MATCH AFTER MATCH SKIP TO NEXT ROW PATTERN (A B* C) WITHIN INTERVAL '3' MINUTE DEFINE A AS A.qty > 5, B AS B.qty <= 10, C AS C.qty > 10
) AS m;
