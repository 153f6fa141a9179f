-- The events, and what the queries read of them. {events} and {side} are paths.
CREATE TABLE events (
  event_type INT,
  person ROW<id BIGINT, name STRING, emailAddress STRING, creditCard STRING, city STRING, state STRING, `dateTime` TIMESTAMP(3), extra STRING>,
  auction ROW<id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT, `dateTime` TIMESTAMP(3), expires TIMESTAMP(3), seller BIGINT, category BIGINT, extra STRING>,
  bid ROW<auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, `dateTime` TIMESTAMP(3), extra STRING>,
  `dateTime` AS CASE event_type WHEN 0 THEN person.`dateTime` WHEN 1 THEN auction.`dateTime` ELSE bid.`dateTime` END,
  proctime AS PROCTIME(),
  WATERMARK FOR `dateTime` AS `dateTime` - INTERVAL '4' SECOND
) WITH ('connector' = 'filesystem', 'path' = '{events}', 'format' = 'json');

CREATE VIEW person AS
SELECT e.person.id AS id, e.person.name AS name, e.person.emailAddress AS emailAddress, e.person.creditCard AS creditCard,
  e.person.city AS city, e.person.state AS state, `dateTime`, e.person.extra AS extra
FROM events AS e WHERE event_type = 0;

CREATE VIEW auction AS
SELECT e.auction.id AS id, e.auction.itemName AS itemName, e.auction.description AS description, e.auction.initialBid AS initialBid,
  e.auction.reserve AS reserve, `dateTime`, e.auction.expires AS expires, e.auction.seller AS seller, e.auction.category AS category,
  e.auction.extra AS extra
FROM events AS e WHERE event_type = 1;

CREATE VIEW bid AS
SELECT e.bid.auction AS auction, e.bid.bidder AS bidder, e.bid.price AS price, e.bid.channel AS channel, e.bid.url AS url,
  `dateTime`, proctime, e.bid.extra AS extra
FROM events AS e WHERE event_type = 2;

CREATE TABLE side (key BIGINT, `value` STRING) WITH ('connector' = 'filesystem', 'path' = '{side}', 'format' = 'csv');
