// Joins by a unique key come before those that multiply rows, and filtered ones before others.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { optimize } from '../../../src/optimizer/optimize.ts'
import { reorderJoins } from '../../../src/optimizer/joins/reorder-joins.ts'
import { createLogical } from '../../../src/plan/create-expression.ts'
import { columnAt, createFilter, createJoin, createScan } from '../../../src/plan/create-node.ts'
import type { PlanNode } from '../../../src/plan/node.ts'
import { printPlan } from '../../../src/plan/print-plan.ts'
import { shiftColumns } from '../../../src/plan/transform.ts'
import { notNull, types } from '../../../src/types/data-type.ts'
import { call, table } from '../plan-fixture.ts'
import { collect, runStatements } from '../run-plan.ts'
import { afterRule, optimized } from '../sql-plan.ts'

/** The tables in the order in which they are joined. */
const orderOf = (query: string): string =>
  afterRule(reorderJoins, query)
    .flatMap(line => /Scan (\w+)/.exec(line)?.[1] ?? [])
    .join(' ')

const FROM = 'SELECT orders.note, items.a, customers.name, cities.country FROM orders'
const ITEMS = 'JOIN items ON orders.id = items.id'
const CUSTOMERS = 'JOIN customers ON orders.customer = customers.customer'
const CITIES = 'JOIN cities ON customers.city = cities.city'

describe('reorderJoins', () => {
  it('joins by a unique key of the other side first', () => {
    expect(orderOf(`${FROM} ${ITEMS} ${CUSTOMERS} ${CITIES}`)).toBe('orders customers cities items')
    expect(orderOf(`${FROM} ${CUSTOMERS} ${ITEMS} ${CITIES}`)).toBe('orders customers cities items')
  })

  it('shows the order in the plan, below the columns as they were', () => {
    expect(
      optimized(`${FROM} ${ITEMS} ${CUSTOMERS} ${CITIES}`, {
        mode: 'streaming',
        reordersJoins: true,
      }),
    ).toEqual([
      'Project note, a, name, country',
      '  Join inner on left.id = right.id',
      '    Project id, note, name, country',
      '      Join inner on left.city = right.city',
      '        Project id, note, name, city',
      '          Join inner on left.customer = right.customer',
      '            Scan orders (id, customer, note)',
      '            Scan customers (customer, name, city)',
      '        Scan cities (city, country)',
      '    Scan items (id, a)',
    ])
  })

  it('keeps the order of the text unless it is demanded', () => {
    const lines = optimized(`${FROM} ${ITEMS} ${CUSTOMERS} ${CITIES}`)
    expect(lines.flatMap(l => /Scan (\w+)/.exec(l)?.[1] ?? [])).toEqual([
      'orders',
      'items',
      'customers',
      'cities',
    ])
  })

  it('puts filtered inputs before others', () => {
    const more = 'JOIN (SELECT id, b FROM items WHERE a > 3) f ON orders.id = f.id'
    expect(
      afterRule(reorderJoins, `SELECT orders.note FROM orders ${ITEMS} ${more}`)
        .map(l => l.trim())
        .filter(l => /^(Scan|Filter)/.test(l)),
    ).toEqual([
      'Scan orders (id, customer, amount, price, note)',
      'Filter a > 3',
      'Scan items (id, a, b)',
      'Scan items (id, a, b)',
    ])
  })

  it('takes left joins along, which read what they need', () => {
    expect(orderOf(`${FROM} ${ITEMS} LEFT ${CUSTOMERS} LEFT ${CITIES}`)).toBe(
      'orders customers cities items',
    )
    expect(orderOf(`${FROM} LEFT ${CUSTOMERS} ${CITIES} ${ITEMS}`)).toBe(
      'orders customers cities items',
    )
    // It multiplies rows, but the join behind it reads it.
    const byItem = 'JOIN customers ON items.a = customers.customer'
    expect(orderOf(`SELECT orders.note FROM orders LEFT ${ITEMS} ${byItem}`)).toBe(
      'orders items customers',
    )
  })

  it.each([
    ['two inputs', `${FROM.replace(', customers.name, cities.country', '')} ${ITEMS}`],
    [
      'conditions that can fail',
      `${FROM} JOIN items ON CAST(orders.note AS INT) = items.id ${CUSTOMERS} ${CITIES}`,
    ],
    [
      'times, by which interval joins are known',
      `SELECT t.a FROM timed t JOIN items ON t.id = items.id
       JOIN timed u ON t.id = u.id AND u.ts BETWEEN t.ts AND t.ts + INTERVAL '1' MINUTE
       JOIN customers ON t.a = customers.customer`,
    ],
    ['full joins', `${FROM} FULL ${ITEMS} FULL ${CUSTOMERS} FULL ${CITIES}`],
    [
      'a hint that names the state of each join',
      `${FROM.replace('SELECT', "SELECT /*+ STATE_TTL('orders' = '1 d', 'items' = '2 d') */")} ${ITEMS} ${CUSTOMERS}`.replace(
        ', cities.country',
        '',
      ),
    ],
  ])('keeps the order of %s', (_of, query) => {
    const before = afterRule(roots => roots, query)
    expect(afterRule(reorderJoins, query)).toEqual(before)
  })

  it('changes nothing the second time', () => {
    const query = `${FROM} ${ITEMS} ${CUSTOMERS} ${CITIES}`
    const twice = afterRule(roots => reorderJoins(reorderJoins(roots)), query)
    expect(twice).toEqual(afterRule(reorderJoins, query))
  })
})

/** Four tables of two numbers, of which some tell rows apart by the first; chains of joins over any columns. */
const chains = fc
  .array(
    fc.record({
      rows: fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })), { maxLength: 6 }),
      isKeyed: fc.boolean(),
      isLeft: fc.boolean(),
      isFiltered: fc.boolean(),
      on: fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 1 })),
      more: fc.option(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 1 })), { nil: undefined }),
    }),
    { minLength: 3, maxLength: 5 },
  )
  .map(inputs =>
    inputs
      .map(({ rows, isKeyed, isFiltered, ...join }, i) => {
        const data = isKeyed ? [...new Map(rows.map(r => [r[0], r])).values()] : rows
        const columns = ['k', 'v'].map(name => ({ name: `${name}${i}`, type: notNull(types.int) }))
        const scan = createScan({
          ...table(`t${i}`, columns, isKeyed ? [0] : []),
          attachment: { rows: data },
        })
        const plan: PlanNode = isFiltered
          ? createFilter(scan, call('>', columnAt(scan, 1), 0))
          : scan
        return { plan, ...join }
      })
      .reduce<PlanNode | undefined>((left, { plan, isLeft, on, more }) => {
        if (!left) return plan
        const equal = ([a, b]: readonly [number, number], name: string) =>
          call(
            name,
            columnAt(left, a % left.schema.length),
            shiftColumns(columnAt(plan, b), left.schema.length),
          )
        const conditions = more ? [equal(on, '='), equal(more, '<=')] : [equal(on, '=')]
        return createJoin(isLeft ? 'left' : 'inner', left, plan, createLogical('and', conditions))
      }, undefined),
  )

describe('reordered joins', () => {
  it.each(['streaming', 'batch'] as const)(
    'give the same rows in %s mode',
    async mode => {
      let reordered = 0
      await fc.assert(
        fc.asyncProperty(chains, async chain => {
          const plan = chain as PlanNode
          const [written, other] = [collect(plan), collect(plan)]
          await runStatements([written.sink], mode)
          const roots = optimize([other.sink], { mode, reordersJoins: true })
          const text = roots.map(r => printPlan(r)).join('\n')
          if (
            text !==
            optimize([other.sink], { mode })
              .map(r => printPlan(r))
              .join('\n')
          )
            reordered++
          await runStatements(roots, mode)
          expect(other.result(), `${printPlan(plan)}\n${text}`).toEqual(written.result())
        }),
        { numRuns: 150, seed: 11 },
      )
      expect(reordered).toBeGreaterThan(20)
    },
    60_000,
  )
})
