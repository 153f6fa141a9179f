-- about: sub scalar corr single
-- mode: both
-- compare: rows
-- inputs: customers.ndjson

CREATE TABLE customers (
  customer_id INT, name STRING, region STRING, credit DOUBLE, vip BOOLEAN
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/customers.ndjson',
  'format' = 'json'
);

SELECT c.name, (SELECT d.region FROM customers AS d WHERE d.customer_id = c.customer_id + 1) AS nxt FROM customers AS c;
