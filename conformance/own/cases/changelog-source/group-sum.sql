-- about: group-sum over a change log
-- mode: streaming
-- compare: rows
-- inputs: stock.maxwell.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stock.maxwell.ndjson', 'format' = 'maxwell-json');

SELECT name, SUM(stock) AS s, AVG(stock) AS a, COUNT(DISTINCT stock) AS d FROM stock GROUP BY name;
