-- about: the highest bids of each window with their bidders
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

SELECT b.window_end, b.auction, b.price, b.bidder FROM (SELECT window_start, window_end, bid.auction AS auction, bid.price AS price, bid.bidder AS bidder FROM TUMBLE(TABLE nexmark, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND) WHERE event_type = 2) AS b JOIN (SELECT window_start, window_end, MAX(bid.price) AS mp FROM TUMBLE(TABLE nexmark, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND) WHERE event_type = 2 GROUP BY window_start, window_end) AS m ON b.window_start = m.window_start AND b.window_end = m.window_end AND b.price = m.mp;
