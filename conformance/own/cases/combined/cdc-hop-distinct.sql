-- about: hopping windows of a changelog with DISTINCT and FILTER
-- mode: streaming
-- compare: rows
-- inputs: stock.debezium.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3),
  PRIMARY KEY (id) NOT ENFORCED,
  WATERMARK FOR upd AS upd - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/stock.debezium.ndjson',
  'format' = 'debezium-json'
);

SELECT window_start, window_end, COUNT(DISTINCT name) AS d, COUNT(DISTINCT name) FILTER (WHERE stock > 20) AS df, LISTAGG(DISTINCT CAST(id AS STRING)) IS NULL AS l FROM HOP(TABLE stock, DESCRIPTOR(upd), INTERVAL '20' SECOND, INTERVAL '1' MINUTE) GROUP BY window_start, window_end;
