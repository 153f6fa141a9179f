-- about: MATCH_RECOGNIZE over a change log
-- mode: streaming
-- compare: error
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

SELECT * FROM cdc MATCH_RECOGNIZE (PARTITION BY grp ORDER BY upd MEASURES A.id AS a PATTERN (A B) DEFINE B AS B.n > A.n);
