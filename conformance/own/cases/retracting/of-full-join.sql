-- about: of full join over a change log
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(10, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/changes.debezium.ndjson', 'format' = 'debezium-json');

SELECT COALESCE(a.name, b.name) AS k, COUNT(a.id) AS ca, COUNT(b.id) AS cb, LAST_VALUE(b.id) AS lb FROM (SELECT * FROM changes WHERE ok) a FULL JOIN (SELECT * FROM changes WHERE n > 1) b ON a.id = b.id GROUP BY COALESCE(a.name, b.name);
