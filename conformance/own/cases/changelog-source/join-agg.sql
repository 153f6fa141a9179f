-- about: join-agg over a change log
-- mode: streaming
-- compare: rows
-- inputs: customers.ndjson, stock.maxwell.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.maxwell.ndjson', 'format' = 'maxwell-json');
CREATE TABLE customers (
  customer_id INT, name STRING, region STRING, credit DECIMAL(12, 2), vip BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/customers.ndjson', 'format' = 'json');

SELECT c.region, COUNT(*) AS n, SUM(s.stock) AS t FROM stock AS s JOIN customers AS c ON s.id = c.customer_id GROUP BY c.region;
