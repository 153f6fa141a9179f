-- about: a CSV table grouped and joined with itself
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

SELECT a.color, COUNT(*) AS c, SUM(a.price) AS s, MAX(b.n) AS m FROM items AS a LEFT JOIN items AS b ON a.id = b.id + 1 GROUP BY a.color;
