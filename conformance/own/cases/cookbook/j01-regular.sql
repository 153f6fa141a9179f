-- about: j01-regular
-- mode: both
-- compare: rows
-- inputs: addresses.ndjson, customers.ndjson

CREATE TABLE customers (
  customer_id INT, name STRING, region STRING, credit DECIMAL(12, 2), vip BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/customers.ndjson', 'format' = 'json');
CREATE TABLE addresses (
  id INT, fullname STRING, postal STRING, home STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/addresses.ndjson', 'format' = 'json');

SELECT c.name, a.postal FROM customers AS c JOIN addresses AS a ON c.customer_id = a.id WHERE c.vip;
