-- about: all-maxwell over a change log
-- mode: streaming
-- compare: rows
-- inputs: stock.maxwell.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.maxwell.ndjson', 'format' = 'maxwell-json');

SELECT * FROM stock;
