-- about: windows over a union of a changelog and plain rows
-- mode: streaming
-- compare: rows
-- inputs: stock.debezium.ndjson, ticks.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3),
  PRIMARY KEY (id) NOT ENFORCED,
  WATERMARK FOR upd AS upd - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/stock.debezium.ndjson',
  'format' = 'debezium-json'
);

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ticks.ndjson',
  'format' = 'json'
);

CREATE VIEW u AS SELECT upd AS t, stock AS v FROM stock UNION ALL SELECT ts, price FROM ticks;

SELECT window_start, COUNT(*) AS c FROM TUMBLE(TABLE u, DESCRIPTOR(t), INTERVAL '1' HOUR) GROUP BY window_start, window_end;
