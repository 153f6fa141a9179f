-- about: decimals and doubles
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id INT, customer_id INT, product STRING, category STRING, qty INT, price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT * FROM orders MATCH_RECOGNIZE (
  PARTITION BY customer_id ORDER BY ts MEASURES FIRST(A.price) AS f, AVG(A.price) AS av, SUM(A.price) AS s, SUM(A.rate) AS r, AVG(A.rate) AS ar, COUNT(A.rate) AS n, LAST(B.note) AS note, MAX(B.product) AS mp ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A+ B) DEFINE A AS A.category = 'soft', B AS B.category = 'hard'
) AS m;
