-- about: all-ogg over a change log
-- mode: streaming
-- compare: rows
-- inputs: stock.ogg.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.ogg.ndjson', 'format' = 'ogg-json');

SELECT * FROM stock;
