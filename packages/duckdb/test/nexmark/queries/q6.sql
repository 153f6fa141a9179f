-- Average price of each seller's last ten sold auctions. Flink cannot run it: its OVER takes no updating input.
SELECT Q.seller, AVG(Q.final) OVER (PARTITION BY Q.seller ORDER BY Q.`dateTime`, Q.id ROWS BETWEEN 10 PRECEDING AND CURRENT ROW) AS price
FROM (
  SELECT id, seller, final, `dateTime`
  FROM (
    SELECT a.id AS id, a.seller AS seller, b.price AS final, b.`dateTime` AS `dateTime`,
      ROW_NUMBER() OVER (PARTITION BY a.id, a.seller ORDER BY b.price DESC, b.`dateTime`, b.bidder) AS rownum
    FROM auction AS a, bid AS b
    WHERE a.id = b.auction AND b.`dateTime` BETWEEN a.`dateTime` AND a.expires
  )
  WHERE rownum = 1
) AS Q;
