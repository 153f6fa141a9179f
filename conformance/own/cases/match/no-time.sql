-- about: ordered by a timestamp without a watermark
-- mode: both
-- compare: rows
-- inputs: 


CREATE TABLE plain (symbol STRING, price INT, ts TIMESTAMP(3)) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');
SELECT * FROM plain MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY ts MEASURES A.price AS p PATTERN (A B) DEFINE B AS B.price > A.price);
