-- about: dedup-last over a change log
-- mode: streaming
-- compare: rows
-- inputs: stock.debezium.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.debezium.ndjson', 'format' = 'debezium-json');

SELECT name, upd FROM (SELECT name, upd, id, ROW_NUMBER() OVER (PARTITION BY name ORDER BY upd DESC, id) AS rn FROM stock) WHERE rn = 1;
