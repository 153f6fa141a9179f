-- about: two-cdc over a change log
-- mode: streaming
-- compare: rows
-- inputs: stock.canal.ndjson, stock.debezium.ndjson

CREATE TABLE a (
  id INT, name STRING, stock INT, upd TIMESTAMP(3)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.debezium.ndjson', 'format' = 'debezium-json');
CREATE TABLE b (
  id INT, name STRING, stock INT, upd TIMESTAMP(3)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.canal.ndjson', 'format' = 'canal-json');

SELECT a.id, a.stock, b.stock AS bs FROM a LEFT JOIN b ON a.id = b.id;
