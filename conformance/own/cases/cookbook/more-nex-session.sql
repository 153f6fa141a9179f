-- about: bid sessions of bidders
-- mode: streaming
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

SELECT bid.bidder AS bidder, SESSION_START(`dateTime`, INTERVAL '5' SECOND) AS s, COUNT(*) AS c, MAX(bid.price) AS m FROM nexmark WHERE event_type = 2 AND MOD(bid.bidder, 50) = 0 GROUP BY bid.bidder, SESSION(`dateTime`, INTERVAL '5' SECOND);
