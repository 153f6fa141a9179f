-- about: a Canal changelog without a primary key
-- mode: streaming
-- compare: rows
-- inputs: stock.canal.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/stock.canal.ndjson',
  'format' = 'canal-json'
);

SELECT name, COUNT(*) AS c, SUM(stock) AS s, MAX(upd) AS u FROM stock GROUP BY name;
