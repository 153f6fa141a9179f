-- about: persons who open an auction in the same window
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

CREATE VIEW p AS SELECT n.person.id AS id, n.person.name AS name, `dateTime` FROM nexmark AS n WHERE event_type = 0;

CREATE VIEW a AS SELECT n.auction.seller AS seller, n.auction.reserve AS reserve, `dateTime` FROM nexmark AS n WHERE event_type = 1;

SELECT P.id, P.name, P.ws, A.c, A.r FROM (SELECT id, name, window_start AS ws, window_end AS we FROM TUMBLE(TABLE p, DESCRIPTOR(`dateTime`), INTERVAL '5' SECOND) GROUP BY id, name, window_start, window_end) AS P LEFT JOIN (SELECT seller, window_start AS ws, window_end AS we, COUNT(*) AS c, MAX(reserve) AS r FROM TUMBLE(TABLE a, DESCRIPTOR(`dateTime`), INTERVAL '5' SECOND) GROUP BY seller, window_start, window_end) AS A ON P.id = A.seller AND P.ws = A.ws AND P.we = A.we;
