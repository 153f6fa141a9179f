-- about: sessions of bidders, Top-3 by number of bids
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

CREATE VIEW b AS SELECT n.bid.bidder AS bidder, n.bid.price AS price, `dateTime` FROM nexmark AS n WHERE event_type = 2;

SELECT bidder, window_start, window_end, c, rn FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY c DESC, bidder, window_start) AS rn FROM (SELECT bidder, window_start, window_end, COUNT(*) AS c FROM SESSION(TABLE b PARTITION BY bidder, DESCRIPTOR(`dateTime`), INTERVAL '1' SECOND) GROUP BY bidder, window_start, window_end)) WHERE rn <= 10;
