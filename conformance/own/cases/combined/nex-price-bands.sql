-- about: bids by day and price bands with FILTER, and the share of each
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

SELECT DATE_FORMAT(`dateTime`, 'yyyy-MM-dd HH:mm') AS m, n.bid.channel AS channel, COUNT(*) AS total, COUNT(*) FILTER (WHERE n.bid.price < 10000) AS r1, COUNT(*) FILTER (WHERE n.bid.price >= 10000 AND n.bid.price < 1000000) AS r2, CAST(COUNT(*) FILTER (WHERE n.bid.price >= 1000000) AS DOUBLE) / COUNT(*) AS share FROM nexmark AS n WHERE event_type = 2 AND n.bid.channel IN ('Google', 'Apple', 'Baidu', 'Facebook') GROUP BY DATE_FORMAT(`dateTime`, 'yyyy-MM-dd HH:mm'), n.bid.channel;
