-- about: topn-part over a change log
-- mode: streaming
-- compare: rows
-- inputs: stock.debezium.ndjson

CREATE TABLE stock (
  id INT NOT NULL, name STRING, stock INT, upd TIMESTAMP(3), PRIMARY KEY (id) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.debezium.ndjson', 'format' = 'debezium-json');

SELECT name, stock FROM (SELECT name, stock, ROW_NUMBER() OVER (PARTITION BY name ORDER BY stock DESC, id) AS rn FROM stock) WHERE rn <= 2;
