// Equal parts of statements become one node, and only those.

import { describe, expect, it } from 'vitest'
import { dedupeSubplans } from '../../src/optimizer/dedupe-subplans.ts'
import { optimize } from '../../src/optimizer/optimize.ts'
import { walkPlan } from '../../src/plan/children.ts'
import { createAggregate, createProcess, createWindow } from '../../src/plan/create-node.ts'
import type { PlanNode } from '../../src/plan/node.ts'
import {
  aggregate,
  call,
  column,
  filter,
  into,
  project,
  scanOrders,
  timedEvents,
} from './plan-fixture.ts'

function unified(a: PlanNode, b: PlanNode): boolean {
  const [first, second] = dedupeSubplans([into(a, 'one'), into(b, 'two')])
  return first?.input === second?.input
}

function perWindow(): PlanNode {
  const events = timedEvents()
  const windowed = createWindow(events, 3, { kind: 'tumble', sizeMs: 1000, offsetMs: 0 })
  const keys = ['window_start', 'window_end'].map(name => ({
    name,
    expression: column(windowed, name),
  }))
  const n = aggregate('n', 'COUNT')
  return createAggregate(windowed, keys, [n, aggregate('m', 'MAX', column(windowed, 'bid.price'))])
}

describe('dedupeSubplans', () => {
  it('unifies windowed aggregations that were written twice', () => {
    expect(unified(perWindow(), perWindow())).toBe(true)
  })

  it('tells constants, names and types apart', () => {
    const over = (limit: number) => {
      const orders = scanOrders()
      return filter(orders, call('>', column(orders, 'amount'), limit))
    }
    expect(unified(over(1), over(1))).toBe(true)
    expect(unified(over(1), over(2))).toBe(false)
    expect(unified(project(scanOrders(), 'id'), project(scanOrders(), 'x=id'))).toBe(false)
  })

  it('unifies neither chance nor the functions of a program', () => {
    const random = () => project(scanOrders(), ['r', call('RAND')])
    expect(unified(random(), random())).toBe(false)
    const process = () =>
      createProcess(scanOrders(), [], { name: 'p', state: {}, sideOutputs: {}, onEvent() {} }, [])
    expect(unified(process(), process())).toBe(false)
  })

  it('never unifies sinks', () => {
    const orders = scanOrders()
    const sink = into(orders)
    expect(dedupeSubplans([sink, { ...sink }])).toHaveLength(2)
  })
})

describe('optimize', () => {
  it('computes once what statements that read different columns have in common', () => {
    const roots = optimize(
      [into(project(perWindow(), 'n'), 'one'), into(project(perWindow(), 'm'), 'two')],
      { mode: 'streaming' },
    )
    const aggregations = roots.map(r => [...walkPlan(r)].find(n => n.kind === 'aggregate'))
    expect(aggregations[0]).toBe(aggregations[1])
  })

  it('settles: optimizing again changes no plan', () => {
    const plan = project(perWindow(), 'm')
    const once = optimize([into(plan)], { mode: 'batch' })
    expect(optimize(once, { mode: 'batch' })).toEqual(once)
  })
})
