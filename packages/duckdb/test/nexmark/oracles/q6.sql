WITH won AS (
  SELECT a.id, a.seller, b.price AS final, b.dateTime
  FROM auction AS a JOIN bid AS b ON a.id = b.auction AND b.dateTime BETWEEN a.dateTime AND a.expires
  QUALIFY row_number() OVER (PARTITION BY a.id, a.seller ORDER BY b.price DESC, b.dateTime, b.bidder) = 1
)
SELECT seller, (sum(final) OVER recent // count(*) OVER recent)::BIGINT
FROM won
WINDOW recent AS (PARTITION BY seller ORDER BY dateTime, id ROWS BETWEEN 10 PRECEDING AND CURRENT ROW);
