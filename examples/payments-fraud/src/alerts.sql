-- Alerts as they come; none that is not committed.

CREATE TABLE alerts (
  card STRING, reason STRING, paid TIMESTAMP(3), payments BIGINT, spent DECIMAL(38, 2), journey STRING, km INT
) WITH (
  'connector' = 'kafka',
  'topic' = 'alerts',
  'properties.bootstrap.servers' = '127.0.0.1:9092',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'json'
);

SELECT * FROM alerts;
