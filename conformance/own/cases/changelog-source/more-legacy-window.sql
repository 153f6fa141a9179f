-- about: legacy windows over a change log
-- mode: streaming
-- compare: rows
-- inputs: cdc.ndjson

CREATE TABLE cdc (
  id INT, grp STRING, n INT, price DECIMAL(6, 2), name STRING, upd TIMESTAMP(3),
  PRIMARY KEY (id) NOT ENFORCED,
  WATERMARK FOR upd AS upd - INTERVAL '2' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/cdc.ndjson',
  'format' = 'debezium-json'
);

SELECT grp, TUMBLE_START(upd, INTERVAL '1' MINUTE) AS w, COUNT(*) AS c, AVG(n) AS a FROM cdc GROUP BY grp, TUMBLE(upd, INTERVAL '1' MINUTE);
