CREATE TABLE departures (
  flight STRING, origin STRING, delay INT, departed TIMESTAMP(3),
  WATERMARK FOR departed AS departed - INTERVAL '5' MINUTE
) WITH ('connector' = 'filesystem', 'path' = 'departures.ndjson', 'format' = 'json');

SELECT origin, window_start, COUNT(*) AS flights, AVG(delay) AS mean_delay
FROM TABLE(TUMBLE(TABLE departures, DESCRIPTOR(departed), INTERVAL '6' HOUR))
WHERE delay > 0
GROUP BY origin, window_start, window_end;
