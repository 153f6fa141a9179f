WITH marked AS (
  SELECT bidder, dateTime,
    coalesce(dateTime - lag(dateTime) OVER (PARTITION BY bidder ORDER BY dateTime) > INTERVAL '10 seconds', true) AS is_first
  FROM bid
), numbered AS (
  SELECT bidder, dateTime, count(*) FILTER (WHERE is_first) OVER (PARTITION BY bidder ORDER BY dateTime) AS session FROM marked
)
SELECT bidder, count(*), min(dateTime), max(dateTime) + INTERVAL '10 seconds' FROM numbered GROUP BY bidder, session;
