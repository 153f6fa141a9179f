-- The ten highest bids of each auction.
SELECT *
FROM (
  SELECT auction, bidder, price, channel, url, `dateTime`, extra,
    ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC, extra) AS rank_number
  FROM bid
)
WHERE rank_number <= 10;
