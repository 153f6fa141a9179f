// Conditions move towards the sources, as far as that is safe and no further.

import { describe, expect, it } from 'vitest'
import { pushDownFilters } from '../../src/optimizer/push-down-filter.ts'
import { createLogical } from '../../src/plan/create-expression.ts'
import {
  createAggregate,
  createJoin,
  createRank,
  createSort,
  createTemporalJoin,
  createUnion,
  createWindow,
} from '../../src/plan/create-node.ts'
import type { Expression } from '../../src/plan/expression.ts'
import type { JoinKind, PlanNode } from '../../src/plan/node.ts'
import {
  after,
  aggregate,
  ascending,
  call,
  column,
  filter,
  into,
  lines,
  project,
  rightColumn,
  scanCustomers,
  scanOrders,
  timedEvents,
  TRUE,
} from './plan-fixture.ts'
import { optimized } from './sql-plan.ts'

const orders = scanOrders()
const customers = scanCustomers()
const ORDERS = 'Scan orders (id, customer, amount, note)'
const CUSTOMERS = 'Scan customers (customer, name, city)'
const pushed = (plan: PlanNode) => after(pushDownFilters, plan)
const and = (...args: Expression[]) => createLogical('and', args)
const onCustomer = call('=', column(orders, 'customer'), rightColumn(orders, customers, 'customer'))
const join = (kind: JoinKind, on: Expression = onCustomer) =>
  createJoin(kind, orders, customers, on)
const big = call('>', column(orders, 'amount'), 10)
const inRome = call('=', rightColumn(orders, customers, 'city'), 'Rome')

describe('pushDownFilters', () => {
  it('passes projections, with their expressions put in', () => {
    const sum = project(orders, ['s', call('+', column(orders, 'amount'), 1)])
    expect(pushed(filter(sum, call('>', column(sum, 's'), 5)))).toEqual([
      'Project amount + 1 AS s',
      '  Filter amount + 1 > 5',
      `    ${ORDERS}`,
    ])
  })

  it('stays above a projection of random values', () => {
    const random = project(orders, ['r', call('RAND')])
    const plan = filter(random, call('>', column(random, 'r'), 0))
    expect(pushed(plan)).toEqual(lines(plan))
  })

  it('never passes a watermark', () => {
    const events = timedEvents()
    const plan = filter(events, call('=', column(events, 'kind'), 2))
    expect(pushed(plan)).toEqual(lines(plan))
  })

  it('passes a union into all inputs', () => {
    const plan = filter(createUnion([orders, orders]), big)
    expect(pushed(plan)).toEqual([
      'Union all',
      '  Filter amount > 10',
      `    ${ORDERS}`,
      '  Filter amount > 10',
      `    ${ORDERS}`,
    ])
  })

  it('passes a window with what does not read the window', () => {
    const events = timedEvents()
    const windowed = createWindow(events, 3, { kind: 'tumble', sizeMs: 1000, offsetMs: 0 })
    const kind = call('=', column(windowed, 'kind'), 2)
    const started = call('IS NOT NULL', column(windowed, 'window_start'))
    expect(pushed(filter(windowed, and(kind, started))).slice(0, 4)).toEqual([
      'Filter window_start IS NOT NULL',
      '  Window tumble(at, 1 s)',
      '    Filter kind = 2',
      '      Watermark at AS at',
    ])
  })

  it('parts conditions over an inner join, those of both sides become its own', () => {
    const both = call('<', column(orders, 'id'), rightColumn(orders, customers, 'customer'))
    expect(pushed(filter(join('inner', TRUE), and(inRome, onCustomer, big, both)))).toEqual([
      'Join inner on left.customer = right.customer AND id < right.customer',
      '  Filter amount > 10',
      `    ${ORDERS}`,
      "  Filter city = 'Rome'",
      `    ${CUSTOMERS}`,
    ])
  })

  it('passes an outer join only on the side that is never missing', () => {
    expect(pushed(filter(join('left'), and(big, inRome)))).toEqual([
      "Filter city = 'Rome'",
      '  Join left on left.customer = right.customer',
      '    Filter amount > 10',
      `      ${ORDERS}`,
      `    ${CUSTOMERS}`,
    ])
    const full = filter(join('full'), and(big, inRome))
    expect(pushed(full)).toEqual(lines(full))
  })

  it('takes conditions of ON to the side that may be missing', () => {
    expect(pushed(join('left', and(onCustomer, big, inRome)))).toEqual([
      'Join left on left.customer = right.customer AND amount > 10',
      `  ${ORDERS}`,
      "  Filter city = 'Rome'",
      `    ${CUSTOMERS}`,
    ])
    expect(pushed(join('anti', and(onCustomer, big, inRome)))).toEqual([
      'Join anti on left.customer = right.customer AND amount > 10',
      `  ${ORDERS}`,
      "  Filter city = 'Rome'",
      `    ${CUSTOMERS}`,
    ])
    expect(pushed(join('semi', and(onCustomer, big, inRome)))).toEqual([
      'Join semi on left.customer = right.customer',
      '  Filter amount > 10',
      `    ${ORDERS}`,
      "  Filter city = 'Rome'",
      `    ${CUSTOMERS}`,
    ])
  })

  it('keeps what can fail behind a join, which drops rows', () => {
    const plan = filter(join('inner'), call('>', call('/', 10, column(orders, 'amount')), 2))
    expect(pushed(plan)).toEqual(lines(plan))
  })

  it('never filters the versions of a temporal join', () => {
    const [left, right] = [timedEvents(), timedEvents()]
    const joined = createTemporalJoin({
      join: 'inner',
      left,
      right,
      timeColumn: 3,
      condition: call('=', column(left, 'kind'), rightColumn(left, right, 'kind')),
      rightKey: [0],
      rightTimeColumn: 3,
    })
    const ofLeft = call('=', column(left, 'kind'), 1)
    const ofRight = call('>', rightColumn(left, right, 'kind'), 1)
    expect(pushed(filter(joined, and(ofLeft, ofRight))).slice(0, 4)).toEqual([
      'Filter kind#4 > 1',
      '  Temporal join inner as of left.at on left.kind = right.kind',
      '    Filter kind = 1',
      '      Watermark at AS at',
    ])
  })

  it('passes an aggregation on its keys', () => {
    const keys = [{ name: 'c', expression: call('+', column(orders, 'customer'), 1) }]
    const counted = createAggregate(orders, keys, [aggregate('n', 'COUNT')])
    const conditions = and(call('=', column(counted, 'c'), 7), call('>', column(counted, 'n'), 1))
    expect(pushed(filter(counted, conditions))).toEqual([
      'Filter n > 1',
      '  Aggregate by customer + 1 AS c: COUNT(*) AS n',
      '    Filter customer + 1 = 7',
      `      ${ORDERS}`,
    ])
  })

  it('stays above grouping sets, where a key is NULL in rows that are not its', () => {
    const keys = ['id', 'customer'].map(name => ({ name, expression: column(orders, name) }))
    const counted = createAggregate(orders, keys, [aggregate('n', 'COUNT')], [[0], [1]])
    const plan = filter(counted, call('=', column(counted, 'id'), 7))
    expect(pushed(plan)).toEqual(lines(plan))
  })

  it('stays above an aggregation when it reads the window', () => {
    const events = timedEvents()
    const windowed = createWindow(events, 3, { kind: 'tumble', sizeMs: 1000, offsetMs: 0 })
    const keys = ['window_start', 'window_end', 'kind'].map(name => ({
      name,
      expression: column(windowed, name),
    }))
    const counted = createAggregate(windowed, keys, [aggregate('n', 'COUNT')])
    const started = call('IS NOT NULL', column(counted, 'window_start'))
    const kind = call('=', column(counted, 'kind'), 2)
    expect(pushed(filter(counted, and(started, kind))).slice(0, 4)).toEqual([
      'Filter window_start IS NOT NULL',
      '  Aggregate by window_start, window_end, kind: COUNT(*) AS n',
      '    Window tumble(at, 1 s)',
      '      Filter kind = 2',
    ])
  })

  it('passes a rank on its partition only', () => {
    const rank = createRank({
      input: orders,
      function: 'row_number',
      partition: [column(orders, 'customer')],
      order: [ascending(column(orders, 'amount'))],
      from: 1,
      to: 1,
    })
    const customer = call('=', column(orders, 'customer'), 1)
    expect(pushed(filter(rank, and(customer, big)))).toEqual([
      'Filter amount > 10',
      '  Rank row_number partition by customer order by amount keep = 1',
      '    Filter customer = 1',
      `      ${ORDERS}`,
    ])
  })

  it('stays above a limit', () => {
    const first = createSort(orders, [ascending(column(orders, 'id'))], { limit: 3 })
    const plan = filter(first, big)
    expect(pushed(plan)).toEqual(lines(plan))
  })

  it('stays above a stateful node that others read too', () => {
    const joined = join('inner')
    const [first] = pushDownFilters([into(filter(joined, big)), into(joined)])
    expect(lines(first?.input as PlanNode)[0]).toBe('Filter amount > 10')
  })
})

describe('of a column that a join sets equal', () => {
  const join = (kind: string, where: string) =>
    optimized(`SELECT o.note, i.b FROM orders o ${kind} JOIN items i ON o.id = i.id WHERE ${where}`)
      .map(line => line.trim())
      .filter(line => line.startsWith('Filter') || line.startsWith('Join'))

  it('a condition goes to both sides', () => {
    expect(join('INNER', 'o.id > 5')).toEqual([
      'Join inner on left.id = right.id',
      'Filter id > 5',
      'Filter id > 5',
    ])
    expect(join('INNER', 'i.id IN (1, 2)')).toHaveLength(3)
    expect(join('LEFT', 'o.id = 5')).toHaveLength(3)
    expect(join('INNER', 'o.id > o.amount')).toHaveLength(2)
  })

  it('a condition of ON goes to the side that may be missing only', () => {
    const on = optimized(
      'SELECT o.note, i.b FROM orders o LEFT JOIN items i ON o.id = i.id AND i.id > 5',
    )
    expect(on.filter(line => line.includes('Filter'))).toHaveLength(1)
  })

  it('a condition stays on its side where equal values may differ', () => {
    const doubles = optimized(
      'SELECT o.note FROM orders o JOIN orders p ON o.price = p.price WHERE o.price > 5e0',
    )
    expect(doubles.filter(line => line.includes('Filter'))).toHaveLength(1)
  })
})
