-- about: correlated cdc lt
-- mode: streaming
-- compare: rows
-- inputs: stock.debezium.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.debezium.ndjson', 'format' = 'debezium-json');

SELECT s.id, (SELECT COUNT(*) FROM stock AS i WHERE i.stock > s.stock) AS place FROM stock AS s;
