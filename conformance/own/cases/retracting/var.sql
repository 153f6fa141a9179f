-- about: var over a change log
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(10, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/changes.debezium.ndjson', 'format' = 'debezium-json');

SELECT grp, VAR_POP(x) AS a, STDDEV_SAMP(x) AS b, STDDEV_POP(n) AS c, VAR_SAMP(price) AS d FROM changes GROUP BY grp;
