-- about: expressions over a change log
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

SELECT id, COALESCE(grp, 'none') AS g, CASE WHEN n > 10 THEN 'big' WHEN n IS NULL THEN '?' ELSE 'small' END AS k, CAST(price AS STRING) AS p, DATE_FORMAT(upd, 'HH:mm') AS t FROM cdc;
