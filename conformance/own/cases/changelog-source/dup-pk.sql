-- about: dup-pk over a change log
-- mode: streaming
-- compare: rows
-- inputs: stock.debezium.ndjson

SET 'table.exec.source.cdc-events-duplicate' = 'true';
CREATE TABLE stock (
  id INT NOT NULL, name STRING, stock INT, upd TIMESTAMP(3), PRIMARY KEY (id) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.debezium.ndjson', 'format' = 'debezium-json');

SELECT COUNT(*) AS n, SUM(stock) AS s FROM stock;
