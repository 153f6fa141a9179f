-- about: bids by channel and hour with distinct counts
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

SELECT bid.channel AS channel, DATE_FORMAT(`dateTime`, 'yyyy-MM-dd HH') AS h, COUNT(*) AS c, COUNT(DISTINCT bid.bidder) AS d, SUM(bid.price) AS s FROM nexmark WHERE event_type = 2 AND CHAR_LENGTH(bid.channel) < 7 GROUP BY bid.channel, DATE_FORMAT(`dateTime`, 'yyyy-MM-dd HH');
