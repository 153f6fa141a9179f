-- about: minmax over a change log
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(10, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/changes.debezium.ndjson', 'format' = 'debezium-json');

SELECT grp, MIN(n) AS a, MAX(n) AS b, MIN(name) AS c, MAX(name) AS d, MIN(price) AS e, MAX(x) AS f, MIN(tm) AS g, MAX(ok) AS h FROM changes GROUP BY grp;
