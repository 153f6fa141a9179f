// A program whose query has 100 lines, with the tables that it reads: it can be planned.

const column = (i: number) =>
  `  SUM(CASE WHEN o.kind = ${i} AND o.price > ${i}.50 THEN o.price * o.qty ELSE 0 END) AS sum_${i},`

const TABLES = `CREATE TABLE orders (
  customer BIGINT, product STRING, kind INT, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');
CREATE TABLE customers (
  customer BIGINT, region STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts, PRIMARY KEY (customer) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = 'customers.ndjson', 'format' = 'json');
`

/** A temporal join, a window and 84 conditional sums. */
export const LONG_QUERY = [
  'WITH placed AS (',
  '  SELECT o.*, c.region',
  '  FROM orders AS o',
  '  JOIN customers FOR SYSTEM_TIME AS OF o.ts AS c ON o.customer = c.customer',
  "  WHERE o.product NOT LIKE 'test%' AND o.price BETWEEN 1 AND 1000000",
  ')',
  'SELECT',
  '  window_start, window_end, o.region,',
  ...Array.from({ length: 84 }, (_, i) => column(i)),
  '  COUNT(DISTINCT o.customer) FILTER (WHERE o.price IS NOT NULL) AS customers,',
  '  MAX(o.price) AS highest',
  'FROM TABLE(',
  "  TUMBLE(TABLE placed, DESCRIPTOR(ts), INTERVAL '10' MINUTE)",
  ') AS o',
  "WHERE o.region IN ('north', 'south', 'east', 'west')",
  'GROUP BY window_start, window_end, o.region',
  'HAVING COUNT(*) > 10',
].join('\n')

export const LONG_PROGRAM = `${TABLES}${LONG_QUERY};\n`
