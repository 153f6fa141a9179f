SELECT auction, strftime(dateTime, '%Y-%m-%d') AS day,
  count(*), count(*) FILTER (rank = 1), count(*) FILTER (rank = 2), count(*) FILTER (rank = 3),
  min(price), max(price), (sum(price) // count(*))::BIGINT, sum(price)::BIGINT
FROM (SELECT *, CASE WHEN price < 10000 THEN 1 WHEN price < 1000000 THEN 2 ELSE 3 END AS rank FROM bid)
GROUP BY auction, day;
