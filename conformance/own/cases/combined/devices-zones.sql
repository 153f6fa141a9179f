-- about: texts of local times converted between zones
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

SELECT device_ip, tz, CONVERT_TZ(REPLACE(SUBSTRING(iot_ts, 1, 19), 'T', ' '), tz, 'UTC') AS u, TO_TIMESTAMP(iot_ts, 'yyyy-MM-dd HH:mm:ss.SSS') AS t, CASE status WHEN 'OK' THEN 0 WHEN 'WARN' THEN 1 ELSE 2 END AS st FROM devices;
