-- about: a LATERAL sub-query without a table
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

SELECT c.name, t.x FROM customers AS c, LATERAL (SELECT c.credit * 2 AS x) AS t;
