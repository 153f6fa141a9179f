-- about: arrivals in hopping windows by state and city
-- mode: streaming
-- compare: rows
-- inputs: people.ndjson

CREATE TABLE people (
  id INT, city STRING, state STRING, arrival_time TIMESTAMP(3),
  WATERMARK FOR arrival_time AS arrival_time - INTERVAL '1' MINUTE
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/people.ndjson',
  'format' = 'json'
);

SELECT window_start, state, city, COUNT(*) AS c FROM HOP(TABLE people, DESCRIPTOR(arrival_time), INTERVAL '1' MINUTE, INTERVAL '3' MINUTE) GROUP BY window_start, window_end, ROLLUP (state, city);
