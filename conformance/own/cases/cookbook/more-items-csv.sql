-- about: CSV rows with NULLs and odd text
-- mode: both
-- compare: rows
-- inputs: items.csv

CREATE TABLE items (
  id INT, color STRING, n INT, price DECIMAL(8, 2), ok BOOLEAN, ts TIMESTAMP(3), txt STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/items.csv',
  'format' = 'csv'
);

SELECT id, color, n, price, ok, ts, txt, CHAR_LENGTH(txt) AS l, price * n AS v FROM items;
