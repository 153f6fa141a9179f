-- about: by expr over a change log
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(10, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/changes.debezium.ndjson', 'format' = 'debezium-json');

SELECT MOD(id, 4) AS k, MIN(n) AS a, FIRST_VALUE(n) AS b, COUNT(DISTINCT grp) AS d FROM changes GROUP BY MOD(id, 4);
