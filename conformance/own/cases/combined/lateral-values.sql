-- about: a LATERAL over VALUES
-- mode: both
-- compare: error
-- inputs: customers.ndjson

CREATE TABLE customers (
  customer_id INT, name STRING, region STRING, credit DECIMAL(12, 2), vip BOOLEAN
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/customers.ndjson',
  'format' = 'json'
);

SELECT c.name, t.x FROM customers AS c, LATERAL (SELECT v.a + c.customer_id AS x FROM (VALUES 10, 20) AS v(a) WHERE v.a > c.customer_id) AS t;
