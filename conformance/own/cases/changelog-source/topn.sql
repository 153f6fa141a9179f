-- about: topn over a change log
-- mode: streaming
-- compare: rows
-- inputs: stock.debezium.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.debezium.ndjson', 'format' = 'debezium-json');

SELECT name, stock, rn FROM (SELECT name, stock, ROW_NUMBER() OVER (ORDER BY stock DESC, id) AS rn FROM stock) WHERE rn <= 3;
