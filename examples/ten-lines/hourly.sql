-- Read slowly, 200 records a second, so that there is time to kill it.
CREATE TABLE departures (
  flight STRING, origin STRING, delay INT, departed TIMESTAMP(3),
  WATERMARK FOR departed AS departed - INTERVAL '5' MINUTE
) WITH (
  'connector' = 'filesystem', 'path' = 'departures.ndjson', 'format' = 'json',
  'source.rate-limit' = '200'
);

CREATE TABLE hourly (origin STRING, hour_start TIMESTAMP(3), flights BIGINT, delay INT) WITH (
  'connector' = 'filesystem', 'path' = 'out/hourly.ndjson', 'format' = 'json',
  'sink.single-file' = 'true'
);

INSERT INTO hourly
SELECT origin, window_start, COUNT(*), SUM(delay)
FROM TABLE(TUMBLE(TABLE departures, DESCRIPTOR(departed), INTERVAL '1' HOUR))
GROUP BY origin, window_start, window_end;
