-- Bids with the values of a lookup file.
SELECT B.auction, B.bidder, B.price, B.`dateTime`, S.`value`
FROM bid AS B JOIN side FOR SYSTEM_TIME AS OF B.proctime AS S ON MOD(B.auction, 10000) = S.key;
