-- about: windows of auctions with more bids than the window's mean
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

CREATE VIEW b AS SELECT n.bid.auction AS auction, `dateTime` FROM nexmark AS n WHERE event_type = 2;

WITH w AS (SELECT auction, window_start, window_end, COUNT(*) AS num FROM HOP(TABLE b, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '4' SECOND) GROUP BY auction, window_start, window_end) SELECT w.window_start, COUNT(*) AS c, MAX(w.num) AS m FROM w JOIN (SELECT window_start, window_end, AVG(num) AS mean FROM w GROUP BY window_start, window_end) AS m ON w.window_start = m.window_start AND w.window_end = m.window_end WHERE w.num > m.mean GROUP BY w.window_start;
