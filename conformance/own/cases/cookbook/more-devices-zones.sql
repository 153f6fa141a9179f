-- about: device times in their zones
-- mode: both
-- compare: rows
-- inputs: devices.ndjson

CREATE TABLE devices (
  device_ip STRING, tz STRING, iot_ts STRING, status STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/devices.ndjson',
  'format' = 'json'
);

SELECT device_ip, tz, iot_ts, CONVERT_TZ(SUBSTRING(iot_ts, 1, 19), tz, 'UTC') AS utc, CONVERT_TZ(SUBSTRING(iot_ts, 1, 19), 'UTC', tz) AS lo FROM devices;
