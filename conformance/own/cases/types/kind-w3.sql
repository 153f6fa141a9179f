-- about: types of time attributes, of OVER and of timestamps that meet
-- mode: streaming
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

CREATE TABLE o2 (order_id BIGINT, product STRING, qty INT, ts TIMESTAMP(3), t0 AS CAST(ts AS TIMESTAMP(0)), WATERMARK FOR t0 AS t0 - INTERVAL '10' SECOND) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT * FROM o2 MATCH_RECOGNIZE (PARTITION BY product ORDER BY t0 MEASURES A.order_id AS a, B.t0 AS b, MATCH_ROWTIME() AS r AFTER MATCH SKIP PAST LAST ROW PATTERN (A B) DEFINE B AS B.qty > A.qty);
