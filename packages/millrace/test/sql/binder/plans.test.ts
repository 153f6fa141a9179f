import { describe, expect, it } from 'vitest'
import { bind, planOf, refusal, TABLES } from './support/bind.ts'

const ORDERS = `Watermark ts AS ts - INTERVAL '5' SECOND
  Scan orders (id, customer, product, price, qty, ts, item)`
const CUSTOMERS = 'Scan customers (customer, name)'

/** The tree of lines with each further node one step deeper than the last. */
function over(...nodes: readonly string[]): string {
  return nodes.map((node, depth) => node.replace(/^/gm, '  '.repeat(depth))).join('\n')
}

describe('a SELECT', () => {
  it('of all columns is the table itself', () => {
    expect(planOf('SELECT * FROM orders')).toBe(ORDERS)
  })

  it('of all columns may be written as TABLE', () => {
    expect(planOf('TABLE orders')).toBe(ORDERS)
    expect(planOf('TABLE customers UNION ALL TABLE customers')).toBe(
      `Union all\n  ${CUSTOMERS}\n  ${CUSTOMERS}`,
    )
  })

  it('has comments of three kinds', () => {
    expect(planOf('SELECT id -- the key\n/* no, product */ FROM orders // all of them')).toBe(
      over('Project id', ORDERS),
    )
  })

  it('of all fields of a ROW has a column of each', () => {
    expect(planOf('SELECT orders.item.* FROM orders')).toBe(
      planOf('SELECT item.name, item.tags FROM orders'),
    )
    expect(planOf('SELECT item.*, id FROM orders AS o')).toBe(
      planOf('SELECT item.name, item.tags, id FROM orders'),
    )
    expect(refusal('SELECT o.nothing.* FROM orders AS o')).toMatchObject({
      code: 'MR_SQL_UNKNOWN_TABLE',
    })
  })

  it('groups, and filters groups by HAVING', () => {
    expect(
      planOf('SELECT product, COUNT(*) AS n FROM orders GROUP BY product HAVING COUNT(*) > 2'),
    ).toBe(over('Filter n > 2', 'Aggregate by product: COUNT(*) AS n', ORDERS))
  })

  it.each(['UNION', 'UNION ALL', 'INTERSECT', 'INTERSECT ALL', 'EXCEPT', 'EXCEPT ALL'])(
    'of %s has columns that are nullable where those of either side are',
    operator => {
      const one = 'SELECT CAST(1 AS BIGINT) AS a'
      const other = 'SELECT id FROM orders'
      const isNullable = (sql: string) => bind(`${TABLES}${sql}`).query?.schema[0]?.type.nullable
      for (const sql of [`${one} ${operator} ${other}`, `${other} ${operator} ${one}`])
        expect(isNullable(sql), sql).toBe(true)
      expect(isNullable(`${one} ${operator} ${one}`)).toBe(false)
    },
  )

  it('sorts by a column that it does not give', () => {
    expect(planOf('SELECT id FROM orders ORDER BY price DESC LIMIT 3')).toBe(
      over('Project id', 'Sort by price DESC limit 3', ORDERS),
    )
  })

  it('puts conditions of WHERE between the tables of a comma join', () => {
    expect(
      planOf('SELECT o.id FROM orders o, customers c WHERE o.customer = c.customer AND o.qty > 2'),
    ).toBe(
      `${over('Project id', 'Filter qty > 2', 'Join inner on left.customer = right.customer', ORDERS)}\n      ${CUSTOMERS}`,
    )
  })
})

describe('ROW_NUMBER', () => {
  const ranked = (columns: string) =>
    `SELECT ${columns} FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY product ORDER BY price DESC) AS rn FROM orders)`

  it('under a bound is a Top-N, without its rank when nothing reads that', () => {
    expect(planOf(`${ranked('product, id')} WHERE rn <= 3`)).toBe(
      over(
        'Project product, id',
        'Rank row_number partition by product order by price DESC keep in 1..3',
        ORDERS,
      ),
    )
  })

  it('is bounded by QUALIFY as by a query around it, by its name or as it is', () => {
    const top = [
      'Project id',
      'Rank row_number partition by product order by price DESC keep in 1..3',
      ORDERS,
    ]
    const number = 'ROW_NUMBER() OVER (PARTITION BY product ORDER BY price DESC)'
    expect(planOf(`SELECT id FROM orders QUALIFY ${number} <= 3`)).toBe(over(...top))
    expect(planOf(`SELECT id FROM (SELECT id, ${number} AS rn FROM orders QUALIFY rn <= 3)`)).toBe(
      over('Project id', ...top),
    )
  })

  it('keeps its rank where it is selected', () => {
    expect(planOf(`${ranked('id, rn')} WHERE 3 > rn`)).toBe(
      over(
        'Project id, rn',
        'Rank row_number partition by product order by price DESC keep in 1..2 AS rn',
        ORDERS,
      ),
    )
  })
})

describe('a window', () => {
  it('of a table function and one of GROUP BY are the same', () => {
    const keys = 'window_start, window_end'
    const tail = over(`Aggregate by ${keys}: COUNT(*) AS n`, 'Window tumble(ts, 1 h)', ORDERS)
    expect(
      planOf(
        `SELECT ${keys}, COUNT(*) AS n FROM TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '1' HOUR) GROUP BY ${keys}`,
      ),
    ).toBe(tail)
    expect(
      planOf(
        `SELECT TUMBLE_START(ts, INTERVAL '1' HOUR) AS window_start, TUMBLE_END(ts, INTERVAL '1' HOUR) AS window_end, COUNT(*) AS n FROM orders GROUP BY TUMBLE(ts, INTERVAL '1' HOUR)`,
      ),
    ).toBe(tail)
  })

  it('of an auxiliary function must be that of GROUP BY', () => {
    const error = refusal(
      `${TABLES}SELECT TUMBLE_START(ts, INTERVAL '2' HOUR) FROM orders GROUP BY TUMBLE(ts, INTERVAL '1' HOUR)`,
    )
    expect(error.message).toContain('another window')
  })
})

describe('a sub-query', () => {
  it('of IN is a semi join', () => {
    expect(planOf('SELECT id FROM orders WHERE customer IN (SELECT customer FROM customers)')).toBe(
      `${over('Project id', 'Join semi on left.customer = right.customer', ORDERS)}\n    ${CUSTOMERS}`,
    )
  })

  it('of NOT IN minds NULLs: no row may be equal or unknown', () => {
    expect(
      planOf('SELECT id FROM orders WHERE customer NOT IN (SELECT customer FROM customers)'),
    ).toContain('Join anti on (left.customer = right.customer) IS NOT FALSE')
  })

  it('of one value stands above the groups that it is compared with', () => {
    expect(
      planOf(
        'SELECT product FROM orders GROUP BY product HAVING SUM(qty) > (SELECT MAX(customer) FROM customers)',
      ),
    ).toContain('Join left on TRUE\n      Aggregate by product')
  })

  it('of IN under OR marks the rows that it finds', () => {
    const plan = planOf(
      'SELECT id FROM orders WHERE qty > 1 OR customer IN (SELECT customer FROM customers)',
    )
    expect(plan).toContain('Join left on customer = k0\n')
    expect(plan).toContain('CASE WHEN')
  })

  it('of one value groups by the columns that it compares with those of the query around', () => {
    expect(
      planOf(
        'SELECT id FROM orders AS o WHERE qty = (SELECT MAX(i.qty) FROM orders AS i WHERE i.customer = o.customer)',
      ),
    ).toContain('Aggregate by customer: MAX(qty)')
  })

  it('as a value that compares by more than equality joins the distinct values of the query around', () => {
    const plan = planOf(
      'SELECT id FROM orders AS o WHERE qty > 1 OR EXISTS (SELECT 1 FROM customers AS c WHERE c.customer > o.customer)',
    )
    expect(plan).toContain('Filter qty > 1 OR i IS NOT NULL\n    Join left on customer = k0\n')
    expect(plan).toContain('Join inner on customer > outer0\n')
    expect(plan).toContain('Aggregate by customer AS outer0\n')
  })
})

describe('a script', () => {
  it('shares the plan of a table between its references', () => {
    const { query } = bind(`${TABLES}SELECT id FROM orders UNION ALL SELECT qty FROM orders`)
    const inputs = query?.kind === 'union' ? query.inputs : []
    const [a, b] = inputs.map(i => ('input' in i ? i.input : undefined))
    const below = (node: typeof a) => (node && node.kind === 'project' ? node.input : node)
    expect(below(a)).toBe(below(b))
  })

  it('folds SET into settings, over which those of the caller go', () => {
    const script = "SET 'execution.runtime-mode' = 'batch'; SET 'table.exec.state.ttl' = '1 h';"
    expect(bind(script).settings).toMatchObject({ mode: 'batch', stateTtlMs: 3_600_000 })
    expect(bind(script, { mode: 'streaming' }).settings.mode).toBe('streaming')
  })

  it('makes equal result names distinct', () => {
    const { queryColumns } = bind(`${TABLES}SELECT id, id, qty + 1 FROM orders`)
    expect(queryColumns.map(c => c.name)).toEqual(['id', 'id0', 'EXPR$2'])
  })

  it('brings an INSERT into the types of its table, and names the column that does not fit', () => {
    const sink = "CREATE TABLE s (a BIGINT, b STRING) WITH ('connector' = 'print');"
    const { sinks } = bind(`${TABLES}${sink}INSERT INTO s SELECT qty, product FROM orders`)
    expect(sinks[0]?.input.schema.map(c => c.type.kind)).toEqual(['bigint', 'varchar'])
    const error = refusal(`${TABLES}${sink}INSERT INTO s SELECT product, product FROM orders`)
    expect(error.message).toContain('Column "a" of table "s" is BIGINT, but the query gives STRING')
  })
})

describe('an unknown name', () => {
  it.each([
    ['SELECT nam FROM customers', 'MR_SQL_UNKNOWN_COLUMN', '"name"'],
    ['SELECT c.nam FROM customers c', 'MR_SQL_UNKNOWN_COLUMN', 'table "c"'],
    ['SELECT * FROM custmers', 'MR_SQL_UNKNOWN_TABLE', '"customers"'],
    ['SELECT customer FROM orders, customers', 'MR_SQL_AMBIGUOUS_COLUMN', '"orders.customer"'],
    ['SELECT UPER(name) FROM customers', 'MR_SQL_UNKNOWN_FUNCTION', 'UPPER'],
  ])('%s is refused with a proposal and the place', (query, code, text) => {
    const error = refusal(TABLES + query)
    expect(error.code).toBe(code)
    expect(error.message).toContain(text)
    expect(error.at).toMatchObject({ line: 10 })
    expect(error.remedy).toBeTruthy()
  })
})
