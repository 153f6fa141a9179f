-- about: all-canal over a change log
-- mode: streaming
-- compare: rows
-- inputs: stock.canal.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.canal.ndjson', 'format' = 'canal-json');

SELECT * FROM stock;
