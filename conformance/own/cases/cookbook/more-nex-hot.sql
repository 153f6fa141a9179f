-- about: auctions with more than five bids, by category
-- mode: both
-- compare: rows
-- inputs: nexmark.ndjson

CREATE TABLE nexmark (
  event_type INT,
  person ROW<id BIGINT, name STRING, emailAddress STRING, creditCard STRING, city STRING, state STRING, `dateTime` TIMESTAMP(3), extra STRING>,
  auction ROW<id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT, `dateTime` TIMESTAMP(3), expires TIMESTAMP(3), seller BIGINT, category BIGINT, extra STRING>,
  bid ROW<auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, `dateTime` TIMESTAMP(3), extra STRING>,
  `dateTime` AS CASE WHEN event_type = 0 THEN person.`dateTime` WHEN event_type = 1 THEN auction.`dateTime` ELSE bid.`dateTime` END,
  WATERMARK FOR `dateTime` AS `dateTime` - INTERVAL '4' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/nexmark.ndjson',
  'format' = 'json'
);

SELECT a.category, COUNT(*) AS c, MAX(b.n) AS m FROM (SELECT auction.id AS id, auction.category AS category FROM nexmark WHERE event_type = 1) AS a JOIN (SELECT bid.auction AS auction, COUNT(*) AS n FROM nexmark WHERE event_type = 2 GROUP BY bid.auction) AS b ON a.id = b.auction WHERE b.n > 5 GROUP BY a.category;
