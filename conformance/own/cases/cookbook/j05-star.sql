-- about: j05-star
-- mode: streaming
-- compare: rows
-- inputs: channels.ndjson, passengers.ndjson, stations.ndjson, trips.ndjson

CREATE TABLE trips (
  departure TIMESTAMP(3), passenger STRING, origin STRING, destination STRING, channel STRING,
  WATERMARK FOR departure AS departure - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/trips.ndjson', 'format' = 'json');
CREATE TABLE stations (
  station STRING, city STRING, upd TIMESTAMP(3),
  WATERMARK FOR upd AS upd - INTERVAL '30' SECOND, PRIMARY KEY (station) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/stations.ndjson', 'format' = 'json');
CREATE TABLE passengers (
  passenger STRING, name STRING, upd TIMESTAMP(3),
  WATERMARK FOR upd AS upd - INTERVAL '30' SECOND, PRIMARY KEY (passenger) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/passengers.ndjson', 'format' = 'json');
CREATE TABLE channels (
  channel STRING, label STRING, upd TIMESTAMP(3),
  WATERMARK FOR upd AS upd - INTERVAL '30' SECOND, PRIMARY KEY (channel) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/channels.ndjson', 'format' = 'json');

SELECT t.departure, p.name, c.label, o.city AS origin, d.city AS dest FROM trips AS t LEFT JOIN channels FOR SYSTEM_TIME AS OF t.departure AS c ON t.channel = c.channel LEFT JOIN passengers FOR SYSTEM_TIME AS OF t.departure AS p ON t.passenger = p.passenger LEFT JOIN stations FOR SYSTEM_TIME AS OF t.departure AS o ON t.origin = o.station LEFT JOIN stations FOR SYSTEM_TIME AS OF t.departure AS d ON t.destination = d.station;
