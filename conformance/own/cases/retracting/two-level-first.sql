-- about: two level first over a change log
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(10, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/changes.debezium.ndjson', 'format' = 'debezium-json');

SELECT c, FIRST_VALUE(name) AS a, LAST_VALUE(name) AS b FROM (SELECT name, COUNT(*) AS c FROM changes GROUP BY name) GROUP BY c;
