-- about: two temporal joins with the same versioned table
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

SELECT t.departure, t.passenger, a.city AS from_city, b.city AS to_city FROM trips AS t LEFT JOIN stations FOR SYSTEM_TIME AS OF t.departure AS a ON t.origin = a.station LEFT JOIN stations FOR SYSTEM_TIME AS OF t.departure AS b ON t.destination = b.station;
