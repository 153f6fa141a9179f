// Chains of filters and projections become one; what changes nothing goes away.

import { describe, expect, it } from 'vitest'
import { mergeFilters } from '../../src/optimizer/merge-filters.ts'
import { optimized } from './sql-plan.ts'
import { mergeProjects } from '../../src/optimizer/merge-projects.ts'
import { removeIdentityProjects } from '../../src/optimizer/remove-identity-project.ts'
import { after, call, column, filter, project, scanOrders, timedEvents } from './plan-fixture.ts'

const orders = scanOrders()
const SCAN = 'Scan orders (id, customer, amount, note)'

describe('mergeFilters', () => {
  it('puts the inner condition first, for it guards the outer one', () => {
    const inner = filter(orders, call('<>', column(orders, 'amount'), 0))
    const outer = filter(inner, call('>', call('/', 10, column(orders, 'amount')), 2))
    expect(after(mergeFilters, outer)).toEqual([
      'Filter amount <> 0 AND 10 / amount > 2',
      `  ${SCAN}`,
    ])
  })
})

describe('mergeProjects', () => {
  it('puts inner expressions in place of columns', () => {
    const sum = project(orders, ['s', call('+', column(orders, 'amount'), 1)], 'id')
    const outer = project(sum, ['t', call('*', column(sum, 's'), 2)], 'i=id', 'id')
    expect(after(mergeProjects, outer)).toEqual([
      'Project (amount + 1) * 2 AS t, id AS i, id',
      `  ${SCAN}`,
    ])
  })

  it('does not compute an expression twice', () => {
    const random = project(orders, ['r', call('RAND')])
    const outer = project(random, ['a', column(random, 'r')], ['b', column(random, 'r')])
    expect(after(mergeProjects, outer)).toEqual([
      'Project r AS a, r AS b',
      '  Project RAND() AS r',
      `    ${SCAN}`,
    ])
  })
})

describe('removeIdentityProjects', () => {
  it('removes a projection that gives its input as it is', () => {
    const same = project(orders, 'id', 'customer', 'amount', 'note')
    expect(after(removeIdentityProjects, same)).toEqual([SCAN])
  })

  it('keeps a projection that renames, reorders or leaves out', () => {
    const renamed = project(orders, 'key=id', 'customer', 'amount', 'note')
    expect(after(removeIdentityProjects, renamed)[0]).toMatch(/^Project/)
    const reordered = project(orders, 'customer', 'id', 'amount', 'note')
    expect(after(removeIdentityProjects, reordered)[0]).toMatch(/^Project/)
    expect(after(removeIdentityProjects, project(orders, 'id'))[0]).toMatch(/^Project/)
  })

  it('keeps a projection that takes the time attribute away', () => {
    const events = timedEvents()
    const at = column(events, 'at')
    const plain = { ...at, type: { kind: 'timestamp', precision: 3, nullable: true } } as typeof at
    const same = project(events, 'kind', 'person', 'bid', ['at', plain])
    expect(after(removeIdentityProjects, same)[0]).toMatch(/^Project/)
  })
})

describe('mergeUnions', () => {
  it('makes one of nested unions', () => {
    expect(
      optimized(
        'SELECT id FROM items UNION ALL (SELECT a FROM items UNION ALL SELECT b FROM items)',
      ),
    ).toEqual([
      'Union all',
      '  Project id',
      '    Scan items (id, a, b)',
      '  Project a',
      '    Scan items (id, a, b)',
      '  Project b',
      '    Scan items (id, a, b)',
    ])
  })
})
