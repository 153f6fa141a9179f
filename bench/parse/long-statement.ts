// A statement of 100 lines, such as a program that enriches, aggregates and ranks would hold.

const column = (i: number) =>
  `  SUM(CASE WHEN o.kind = ${i} AND o.price > ${i}.50 THEN o.price * o.qty ELSE 0 END) AS sum_${i},`

/** An INSERT of 100 lines over a window, a join and a ranking. */
export const LONG_STATEMENT = [
  'INSERT INTO report',
  'WITH recent AS (',
  "  SELECT *, CAST(ts AS DATE) AS `day` FROM orders WHERE ts > TIMESTAMP '2024-01-01 00:00:00'",
  ')',
  'SELECT',
  '  window_start, window_end, c.region,',
  ...Array.from({ length: 82 }, (_, i) => column(i)),
  "  JSON_OBJECT('n' VALUE COUNT(*), 'last' VALUE MAX(o.ts) NULL ON NULL) AS summary,",
  '  COUNT(DISTINCT o.customer) FILTER (WHERE o.price IS NOT NULL) AS customers',
  "FROM TUMBLE(TABLE recent, DESCRIPTOR(ts), INTERVAL '10' MINUTE) AS o",
  'JOIN customers FOR SYSTEM_TIME AS OF o.ts AS c ON o.customer = c.customer',
  'WHERE',
  "  c.region IN ('north', 'south', 'east', 'west')",
  "  AND o.product NOT LIKE 'test%' ESCAPE '#'",
  '  AND o.price BETWEEN 1 AND 1000000',
  'GROUP BY window_start, window_end, c.region',
  'HAVING COUNT(*) > 10 OR MAX(o.price) >= 100.00',
  'UNION ALL',
  'SELECT * FROM older',
].join('\n')
