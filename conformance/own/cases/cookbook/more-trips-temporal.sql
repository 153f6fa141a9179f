-- about: trips with the city of their station at departure
-- mode: streaming
-- compare: rows
-- inputs: stations.ndjson, trips.ndjson

CREATE TABLE trips (
  departure TIMESTAMP(3), passenger STRING, origin STRING, destination STRING, channel STRING,
  WATERMARK FOR departure AS departure - INTERVAL '10' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/trips.ndjson',
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

SELECT t.passenger, t.origin, s.city, t.departure FROM trips AS t LEFT JOIN stations FOR SYSTEM_TIME AS OF t.departure AS s ON t.origin = s.station;
