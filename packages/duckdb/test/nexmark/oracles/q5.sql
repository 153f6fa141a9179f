WITH hops AS (
  SELECT auction, unnest([time_bucket(INTERVAL '2 seconds', dateTime) - INTERVAL '2 seconds' * i FOR i IN range(5)]) AS start FROM bid
), counts AS (
  SELECT start, auction, count(*) AS num FROM hops GROUP BY start, auction
)
SELECT auction, num FROM counts AS c WHERE num = (SELECT max(num) FROM counts WHERE start = c.start);
