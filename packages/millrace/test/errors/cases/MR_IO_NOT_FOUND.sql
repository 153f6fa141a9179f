CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'missing.ndjson', 'format' = 'json'
);

SELECT id FROM orders;
-- there is no file, folder or match for "<folder>/missing.ndjson"
-- Check the table's 'path'; relative paths start at the program's folder.
