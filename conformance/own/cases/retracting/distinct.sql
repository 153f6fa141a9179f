-- about: distinct over a change log
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(10, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/changes.debezium.ndjson', 'format' = 'debezium-json');

SELECT grp, COUNT(DISTINCT n) AS a, SUM(DISTINCT n) AS b, AVG(DISTINCT price) AS c, COUNT(DISTINCT name) FILTER (WHERE ok) AS d, MIN(DISTINCT x) AS e FROM changes GROUP BY grp;
