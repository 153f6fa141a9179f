-- about: csv-read
-- mode: both
-- compare: rows
-- inputs: items.csv

CREATE TABLE items (
  id INT, name STRING, price DECIMAL(8, 2), added DATE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/items.csv', 'format' = 'csv', 'csv.ignore-parse-errors' = 'true');

SELECT * FROM items;
