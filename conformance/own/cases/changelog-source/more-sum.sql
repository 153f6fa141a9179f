-- about: sums over a change log
-- mode: streaming
-- compare: rows
-- inputs: cdc.ndjson

CREATE TABLE cdc (
  id INT, grp STRING, n INT, price DECIMAL(6, 2), name STRING, upd TIMESTAMP(3),
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/cdc.ndjson',
  'format' = 'debezium-json'
);

SELECT grp, SUM(n) AS s, SUM(price) AS p, COUNT(*) AS c, COUNT(n) AS cn, AVG(n) AS a, AVG(price) AS ap FROM cdc GROUP BY grp;
