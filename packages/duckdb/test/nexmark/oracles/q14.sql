SELECT auction, bidder, 0.908 * price,
  CASE
    WHEN hour(dateTime) BETWEEN 8 AND 18 THEN 'dayTime'
    WHEN hour(dateTime) = 7 OR hour(dateTime) = 19 THEN 'otherTime'
    ELSE 'nightTime'
  END,
  dateTime, extra, length(extra) - length(replace(extra, 'c', ''))
FROM bid
WHERE 0.908 * price > 1000000 AND 0.908 * price < 50000000;
