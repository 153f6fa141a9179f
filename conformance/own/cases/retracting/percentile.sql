-- about: percentile over a change log
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(10, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/changes.debezium.ndjson', 'format' = 'debezium-json');

SELECT grp, PERCENTILE(n, 0.5) AS a, PERCENTILE(x, 0.25) AS b, PERCENTILE(n, ARRAY[0.0, 0.5, 1.0]) AS c FROM changes GROUP BY grp;
