-- about: collections over a change log
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

SELECT grp, COLLECT(name) AS c, LISTAGG(DISTINCT name) AS l, JSON_OBJECTAGG(KEY CAST(id AS STRING) VALUE n) AS j FROM cdc GROUP BY grp;
