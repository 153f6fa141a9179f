// Sorts that nobody sees are gone; those that say which rows there are stay.

import { describe, expect, it } from 'vitest'
import { removeSorts } from '../../src/optimizer/remove-sort.ts'
import { afterRule, bound, optimized } from './sql-plan.ts'

const sorts = (lines: readonly string[]) =>
  lines.map(l => l.trim()).filter(l => /^(Sort|Limit)/.test(l))

describe('removeSorts', () => {
  const VIEW = 'CREATE VIEW v AS SELECT id, a FROM items ORDER BY a;'

  it.each([
    ['a group', 'SELECT id, COUNT(*) AS n FROM v GROUP BY id'],
    ['a join', 'SELECT v.a FROM orders JOIN v ON orders.id = v.id'],
    ['a sub-query of IN', 'SELECT id FROM orders WHERE id IN (SELECT id FROM v)'],
    ['a union', 'SELECT id, customer FROM orders UNION ALL SELECT * FROM v'],
    ['a set operation', 'SELECT id, customer FROM orders EXCEPT ALL SELECT * FROM v'],
  ])('takes the order from the rows of %s', (_of, query) => {
    expect(sorts(bound(`${VIEW} ${query}`))).toEqual(['Sort by a'])
    expect(sorts(afterRule(removeSorts, `${VIEW} ${query}`))).toEqual([])
  })

  it('looks for it below filters and projections', () => {
    expect(optimized(`${VIEW} SELECT COUNT(*) AS n FROM v WHERE id > 3`)).toEqual([
      'Aggregate: COUNT(*) AS n',
      '  Filter id > 3',
      '    Scan items (id)',
    ])
  })

  it('keeps it with a LIMIT, and in the result', () => {
    const limited = 'SELECT COUNT(*) AS n FROM (SELECT id FROM items ORDER BY a LIMIT 3)'
    expect(sorts(afterRule(removeSorts, limited))).toEqual(['Sort by a limit 3'])
    expect(sorts(afterRule(removeSorts, `${VIEW} SELECT * FROM v`))).toEqual(['Sort by a'])
  })

  it('takes ORDER BY and LIMIT from a single row, but not its OFFSET', () => {
    const count = 'SELECT COUNT(*) AS n FROM items'
    expect(afterRule(removeSorts, `${count} LIMIT 1`)).toEqual([
      'Aggregate: COUNT(*) AS n',
      '  Scan items (id, a, b)',
    ])
    expect(sorts(afterRule(removeSorts, `${count} ORDER BY n LIMIT 2`))).toEqual([])
    expect(sorts(afterRule(removeSorts, `${count} LIMIT 2 OFFSET 1`))).toHaveLength(1)
    expect(sorts(afterRule(removeSorts, `${count} ORDER BY n`))).toHaveLength(1)
  })

  it('sorts by what can differ only', () => {
    const query = (keys: string) => `SELECT id, 1 AS k, a FROM items ORDER BY ${keys} LIMIT 2`
    expect(sorts(afterRule(removeSorts, query('a, id, a DESC')))).toEqual(['Sort by a, id limit 2'])
    expect(
      sorts(optimized('SELECT id FROM items ORDER BY 1 + 1, CAST(NULL AS INT) LIMIT 2')),
    ).toEqual(['Limit 2'])
  })

  it('makes one LIMIT of two', () => {
    const query = (outer: string, inner: string) =>
      sorts(optimized(`SELECT * FROM (SELECT id FROM items ${inner}) ${outer}`))
    expect(query('LIMIT 5', 'LIMIT 3')).toEqual(['Limit 3'])
    expect(query('LIMIT 5 OFFSET 1', 'LIMIT 3 OFFSET 2')).toEqual(['Limit 2 offset 3'])
    expect(query('LIMIT 1', 'ORDER BY id LIMIT 3')).toEqual(['Sort by id limit 1'])
  })
})
