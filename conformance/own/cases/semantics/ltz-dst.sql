-- about: ltz-dst
-- mode: both
-- compare: rows
-- inputs: devices.ndjson

SET 'table.local-time-zone' = 'America/New_York';
CREATE TABLE iot_status (
  device_ip STRING, tz STRING, iot_ts TIMESTAMP(3), status STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/devices.ndjson', 'format' = 'json');

SELECT device_ip, CAST(iot_ts AS TIMESTAMP_LTZ(3)) AS l, CAST(CAST(iot_ts AS TIMESTAMP_LTZ(3)) AS TIMESTAMP(3)) AS b, DATE_FORMAT(CAST(iot_ts AS TIMESTAMP_LTZ(3)), 'yyyy-MM-dd HH:mm') AS f, EXTRACT(HOUR FROM CAST(iot_ts AS TIMESTAMP_LTZ(3))) AS h, CAST(CAST(iot_ts AS TIMESTAMP_LTZ(3)) AS DATE) AS d FROM iot_status;
