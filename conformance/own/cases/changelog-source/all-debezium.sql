-- about: all-debezium over a change log
-- mode: streaming
-- compare: rows
-- inputs: stock.debezium.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.debezium.ndjson', 'format' = 'debezium-json');

SELECT * FROM stock;
