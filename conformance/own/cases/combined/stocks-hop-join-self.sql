-- about: two hopping windows of different sizes joined on their ends
-- mode: both
-- compare: rows
-- inputs: stocks.ndjson

CREATE TABLE stocks (
  stock STRING, `value` INT, log_time TIMESTAMP(3),
  WATERMARK FOR log_time AS log_time - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/stocks.ndjson',
  'format' = 'json'
);

CREATE VIEW short_w AS SELECT stock, window_end, AVG(`value`) AS v FROM HOP(TABLE stocks, DESCRIPTOR(log_time), INTERVAL '20' SECOND, INTERVAL '20' SECOND) GROUP BY stock, window_start, window_end;

CREATE VIEW long_w AS SELECT stock, window_end, AVG(`value`) AS v FROM HOP(TABLE stocks, DESCRIPTOR(log_time), INTERVAL '20' SECOND, INTERVAL '1' MINUTE) GROUP BY stock, window_start, window_end;

SELECT s.stock, s.window_end, s.v AS fast, l.v AS slow, s.v > l.v AS rising FROM short_w AS s JOIN long_w AS l ON s.stock = l.stock AND s.window_end = l.window_end;
