-- about: a change log without a key
-- mode: streaming
-- compare: rows
-- inputs: cdc.ndjson

CREATE TABLE cdc (
  id INT, grp STRING, n INT, price DECIMAL(6, 2), name STRING, upd TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/cdc.ndjson',
  'format' = 'debezium-json'
);

SELECT grp, name, COUNT(*) AS c FROM cdc WHERE n IS NOT NULL GROUP BY grp, name;
