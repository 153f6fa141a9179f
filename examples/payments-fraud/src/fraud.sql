-- Alerts from card payments: too many or too much in five minutes, and journeys that nobody makes.

CREATE FUNCTION DISTANCE_KM AS './distance.ts#distanceKm' LANGUAGE TYPESCRIPT;

CREATE TABLE payments (
  id BIGINT NOT NULL,
  card STRING NOT NULL,
  amount DECIMAL(10, 2) NOT NULL,
  city STRING NOT NULL,
  latitude DOUBLE NOT NULL,
  longitude DOUBLE NOT NULL,
  paid TIMESTAMP(3) NOT NULL,
  WATERMARK FOR paid AS paid - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'payments',
  'properties.bootstrap.servers' = '127.0.0.1:9092',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'json'
);

CREATE TABLE alerts (
  card STRING NOT NULL,
  reason STRING NOT NULL,
  payment BIGINT NOT NULL,
  paid TIMESTAMP(3) NOT NULL,
  payments BIGINT,
  spent DECIMAL(38, 2),
  journey STRING,
  km INT
) WITH (
  'connector' = 'kafka',
  'topic' = 'alerts',
  'properties.bootstrap.servers' = '127.0.0.1:9092',
  'key.format' = 'raw',
  'key.fields' = 'card',
  'value.format' = 'json',
  'sink.delivery-guarantee' = 'exactly-once'
);

-- Of each payment: what its card has paid in the five minutes up to it.
CREATE VIEW recent AS
SELECT id, card, paid, COUNT(*) OVER five_minutes AS payments, SUM(amount) OVER five_minutes AS spent
FROM payments
WINDOW five_minutes AS (
  PARTITION BY card ORDER BY paid RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW
);

-- Of each payment: the way from the place of the one before.
CREATE VIEW journeys AS
SELECT
  id, card, paid, city,
  LAG(city) OVER before_it AS from_city,
  TIMESTAMPDIFF(SECOND, LAG(paid) OVER before_it, paid) AS seconds,
  DISTANCE_KM(LAG(latitude) OVER before_it, LAG(longitude) OVER before_it, latitude, longitude) AS km
FROM payments
WINDOW before_it AS (PARTITION BY card ORDER BY paid);

INSERT INTO alerts
SELECT card, 'many payments', id, paid, payments, spent, CAST(NULL AS STRING), CAST(NULL AS INT)
FROM recent WHERE payments > 6
UNION ALL
SELECT card, 'much money', id, paid, payments, spent, CAST(NULL AS STRING), CAST(NULL AS INT)
FROM recent WHERE spent > 3000
UNION ALL
-- Faster than an airliner: 900 km/h are a quarter of a km in a second.
SELECT card, 'impossible journey', id, paid, CAST(NULL AS BIGINT), CAST(NULL AS DECIMAL(38, 2)),
  from_city || ' to ' || city, km
FROM journeys WHERE km > 100 AND km > seconds * 0.25;
