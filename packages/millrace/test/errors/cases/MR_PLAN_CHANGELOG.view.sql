CREATE TABLE orders (
  id BIGINT, product STRING, amount INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');

CREATE TABLE copies (product STRING, n BIGINT) WITH (
  'connector' = 'filesystem', 'path' = 'copies.ndjson', 'format' = 'json'
);
CREATE VIEW counted AS SELECT product, COUNT(*) AS n FROM orders GROUP BY product;

INSERT INTO copies SELECT product, n FROM counted WHERE n > 1;
-- table copies (filesystem) takes inserts only, but the query updates or deletes rows that it gave before (at 11:13)
-- 11 | INSERT INTO copies SELECT product, n FROM counted WHERE n > 1;
--                  ^^^^^^
-- Use a window aggregation, write to a table with a primary key that takes upserts, or run in batch mode.
