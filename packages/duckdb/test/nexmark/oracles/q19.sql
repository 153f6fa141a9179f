SELECT auction, bidder, price, channel, url, dateTime, extra, row_number() OVER (PARTITION BY auction ORDER BY price DESC, extra) AS n
FROM bid
QUALIFY n <= 10;
