WITH best AS (
  SELECT time_bucket(INTERVAL '10 seconds', dateTime) AS start, max(price) AS maxprice FROM bid GROUP BY start
)
SELECT b.auction, b.price, b.bidder, b.dateTime, b.extra
FROM best JOIN bid AS b ON b.price = maxprice AND b.dateTime >= start AND b.dateTime <= start + INTERVAL '10 seconds';
