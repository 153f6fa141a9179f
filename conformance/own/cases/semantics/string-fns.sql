-- about: string-fns
-- mode: both
-- compare: rows
-- inputs: customers.ndjson

CREATE TABLE customers (
  customer_id INT, name STRING, region STRING, credit DECIMAL(12, 2), vip BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/customers.ndjson', 'format' = 'json');

SELECT customer_id, UPPER(name) AS u, SUBSTRING(name FROM 2 FOR 3) AS s, LPAD(name, 8, '*') AS l, REVERSE(name) AS r, POSITION('a' IN name) AS p, REPLACE(name, 'a', '4') AS x, INITCAP(LOWER(name)) AS i, MD5(name) AS m FROM customers;
