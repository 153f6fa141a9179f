-- about: first last over a change log
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(10, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/changes.debezium.ndjson', 'format' = 'debezium-json');

SELECT grp, FIRST_VALUE(id) AS a, LAST_VALUE(id) AS b, FIRST_VALUE(name) AS c, LAST_VALUE(name) AS d, FIRST_VALUE(price) AS e, LAST_VALUE(x) AS f FROM changes GROUP BY grp;
