-- about: except over a change log
-- mode: streaming
-- compare: rows
-- inputs: customers.ndjson, stock.debezium.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.debezium.ndjson', 'format' = 'debezium-json');
CREATE TABLE customers (
  customer_id INT, name STRING, region STRING, credit DECIMAL(12, 2), vip BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/customers.ndjson', 'format' = 'json');

SELECT id FROM stock EXCEPT SELECT customer_id FROM customers;
