-- about: PERCENTILE with frequencies, NULL and zero among them
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(10, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/changes.debezium.ndjson', 'format' = 'debezium-json');

SELECT grp, PERCENTILE(n, 0.5, id) AS a, PERCENTILE(x, ARRAY[0.1, 0.5, 0.95], MOD(id, 3) + 1) AS b FROM changes GROUP BY grp;
