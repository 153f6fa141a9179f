-- Bids of each bidder in each 10 seconds of processing time; summed up, since the clock decides which window a bid is in.
SELECT bidder, SUM(bid_count) AS bid_count
FROM (
  SELECT bidder, COUNT(*) AS bid_count, window_start AS starttime, window_end AS endtime
  FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(proctime), INTERVAL '10' SECOND))
  GROUP BY bidder, window_start, window_end
)
GROUP BY bidder;
