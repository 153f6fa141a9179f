-- about: two level over a change log
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(10, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/changes.debezium.ndjson', 'format' = 'debezium-json');

SELECT m, COUNT(*) AS c, LISTAGG(g) AS l, MIN(k) AS k FROM (SELECT name, COALESCE(MIN(grp), '-') AS g, MAX(n) AS m, COUNT(*) AS k FROM changes GROUP BY name) GROUP BY m;
