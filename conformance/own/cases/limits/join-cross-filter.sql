-- about: a comma join with WHERE
-- mode: both
-- compare: rows
-- inputs: customers.ndjson, stations.ndjson

CREATE TABLE customers (
  customer_id INT, name STRING, region STRING, credit DECIMAL(12, 2), vip BOOLEAN
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/customers.ndjson',
  'format' = 'json'
);

CREATE TABLE stations (
  station STRING, city STRING, upd TIMESTAMP(3),
  PRIMARY KEY (station) NOT ENFORCED,
  WATERMARK FOR upd AS upd
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/stations.ndjson',
  'format' = 'json'
);

SELECT c.name, s.station FROM customers AS c, stations AS s WHERE c.name < s.city AND s.station = 'S1';
