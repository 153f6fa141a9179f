-- about: of topn over a change log
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(10, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/changes.debezium.ndjson', 'format' = 'debezium-json');

SELECT grp, MAX(n) AS m, SUM(n) AS s, ARRAY_AGG(id) AS l FROM (SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY grp ORDER BY x DESC, id) AS rn FROM changes) WHERE rn <= 3) GROUP BY grp;
