-- about: sums over a change log
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(10, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/changes.debezium.ndjson', 'format' = 'debezium-json');

SELECT grp, SUM(n) AS a, SUM(price) AS b, SUM(x) AS c, AVG(n) AS d, AVG(price) AS e, COUNT(n) AS f, COUNT(price) AS g FROM changes GROUP BY grp;
