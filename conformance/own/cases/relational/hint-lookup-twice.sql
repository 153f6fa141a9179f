-- about: LOOKUP: twice
-- mode: batch
-- compare: rows
-- inputs: orders.ndjson, nulls.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');
CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT /*+ LOOKUP('table'='n', 'async'='true'), LOOKUP('table'='n', 'async'='false') */ o.order_id, n.a FROM orders AS o JOIN nulls AS n ON o.customer_id = n.id;
