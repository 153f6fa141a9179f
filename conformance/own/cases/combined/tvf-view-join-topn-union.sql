-- about: windows over a view, joined, Top-N, then union of two
-- mode: both
-- compare: rows
-- inputs: customers.ndjson, orders.ndjson, shipments.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/orders.ndjson',
  'format' = 'json'
);

CREATE TABLE customers (
  customer_id INT, name STRING, region STRING, credit DECIMAL(12, 2), vip BOOLEAN
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/customers.ndjson',
  'format' = 'json'
);

CREATE TABLE shipments (
  ship_id BIGINT, order_id BIGINT, carrier STRING, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/shipments.ndjson',
  'format' = 'json'
);

CREATE VIEW per_window AS
SELECT window_start AS ws, window_end AS we, customer_id, SUM(qty) AS q, COUNT(*) AS c
FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end, customer_id;

CREATE VIEW named AS SELECT p.ws, p.we, p.q, p.c, COALESCE(c.region, 'none') AS region FROM per_window AS p LEFT JOIN customers AS c ON p.customer_id = c.customer_id;

SELECT 'top' AS kind, ws, region, q FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY region ORDER BY q DESC, ws, c) AS rn FROM named WHERE q IS NOT NULL
) WHERE rn <= 2
UNION ALL
SELECT 'all', CAST(NULL AS TIMESTAMP(3)), region, SUM(q) FROM named GROUP BY region;
