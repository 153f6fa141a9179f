-- about: self-join over a change log
-- mode: streaming
-- compare: rows
-- inputs: stock.debezium.ndjson

CREATE TABLE stock (
  id INT NOT NULL, name STRING, stock INT, upd TIMESTAMP(3), PRIMARY KEY (id) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.debezium.ndjson', 'format' = 'debezium-json');

SELECT a.id, b.id AS other FROM stock AS a JOIN stock AS b ON a.name = b.name AND a.id < b.id;
