-- about: of join over a change log
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(10, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/changes.debezium.ndjson', 'format' = 'debezium-json');

SELECT a.grp, COUNT(*) AS c, MIN(b.n) AS m, MAX(b.name) AS x FROM changes a LEFT JOIN changes b ON a.n = b.n AND a.id < b.id GROUP BY a.grp;
