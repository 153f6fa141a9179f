-- about: the winning bid of each auction, averaged by category
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

CREATE VIEW a AS SELECT n.auction.id AS id, n.auction.category AS category, n.auction.expires AS expires, `dateTime` AS dt FROM nexmark AS n WHERE event_type = 1;

CREATE VIEW b AS SELECT n.bid.auction AS auction, n.bid.price AS price, `dateTime` AS dt FROM nexmark AS n WHERE event_type = 2;

SELECT category, COUNT(*) AS n, AVG(final) AS av, MAX(final) AS mx FROM (SELECT MAX(b.price) AS final, a.category FROM a, b WHERE a.id = b.auction AND b.dt BETWEEN a.dt AND a.expires GROUP BY a.id, a.category) GROUP BY category;
