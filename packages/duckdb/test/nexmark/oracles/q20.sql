SELECT b.*, a.itemName, a.description, a.initialBid, a.reserve, a.dateTime, a.expires, a.seller, a.category, a.extra
FROM auction AS a JOIN bid AS b ON a.id = b.auction
WHERE a.category = 10;
