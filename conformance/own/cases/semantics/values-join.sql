-- about: values-join
-- mode: both
-- compare: rows
-- inputs: customers.ndjson

CREATE TABLE customers (
  customer_id INT, name STRING, region STRING, credit DECIMAL(12, 2), vip BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/customers.ndjson', 'format' = 'json');

SELECT v.n, c.name FROM (VALUES (1, 'one'), (2, 'two'), (3, CAST(NULL AS STRING))) AS v (id, n) LEFT JOIN customers AS c ON c.customer_id = v.id;
