-- about: a Top-N over legacy hopping windows
-- mode: batch
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

SELECT * FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY we ORDER BY s DESC, product) AS rn FROM (
    SELECT product, HOP_END(ts, INTERVAL '30' SECOND, INTERVAL '1' MINUTE) AS we, SUM(qty) AS s
    FROM orders GROUP BY product, HOP(ts, INTERVAL '30' SECOND, INTERVAL '1' MINUTE)
  )
) WHERE rn = 1;
