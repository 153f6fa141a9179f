WITH won AS (
  SELECT a.category, (SELECT max(price) FROM bid WHERE auction = a.id AND dateTime >= a.dateTime AND dateTime <= a.expires) AS final
  FROM auction AS a
)
SELECT category, (sum(final) // count(final))::BIGINT FROM won WHERE final IS NOT NULL GROUP BY category;
