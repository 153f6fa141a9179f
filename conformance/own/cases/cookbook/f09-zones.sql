-- about: f09-zones
-- mode: both
-- compare: rows
-- inputs: devices.ndjson

SET 'table.local-time-zone' = 'Australia/Lord_Howe';
CREATE TABLE iot_status (
  device_ip STRING, tz STRING, iot_ts TIMESTAMP(3), status STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/devices.ndjson', 'format' = 'json');

SELECT device_ip, iot_ts, CAST(iot_ts AS TIMESTAMP_LTZ(3)) AS l, HOUR(CAST(iot_ts AS TIMESTAMP_LTZ(3))) AS h, CONVERT_TZ(DATE_FORMAT(iot_ts, 'yyyy-MM-dd HH:mm:ss'), tz, 'Asia/Kolkata') AS k, UNIX_TIMESTAMP(DATE_FORMAT(iot_ts, 'yyyy-MM-dd HH:mm:ss')) AS u FROM iot_status;
