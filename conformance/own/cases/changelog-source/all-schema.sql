-- about: all-schema over a change log
-- mode: streaming
-- compare: rows
-- inputs: stock.debezium-schema.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.debezium-schema.ndjson', 'format' = 'debezium-json', 'debezium-json.schema-include' = 'true');

SELECT id, stock FROM stock;
