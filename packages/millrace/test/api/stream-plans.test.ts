// Each method of Stream as the plan it makes.

import { describe, expect, it } from 'vitest'
import { t } from '../../src/api/columns/schema-builder.ts'
import { value } from '../../src/api/streams/state-builder.ts'
import type { PlanNode } from '../../src/plan/node.ts'
import { printPlan } from '../../src/plan/print-plan.ts'
import { createFlightsApp } from './flights-app.ts'

const { departures } = createFlightsApp()
const events = departures.stream()
const top = (of: { readonly plan: PlanNode }, lines = 1) =>
  printPlan(of.plan).split('\n').slice(0, lines)

describe('Stream', () => {
  it('maps with the columns that the function reads', () => {
    const routes = events.map(d => ({ route: `${d.origin}-${d.flight}` }), { route: t.string() })
    expect(top(routes)).toEqual(['Process map reads (flight, origin)'])
    expect(routes.plan.schema.map(c => c.name)).toEqual(['route'])
  })

  it('reads all columns when it cannot tell', () => {
    const copies = events.map(d => ({ text: JSON.stringify(Object.keys(d)) }), { text: t.string() })
    expect(top(copies)).toEqual(['Process map reads *'])
  })

  it('filters by a call over the columns that are read', () => {
    expect(top(events.filter(d => d.seats > 100))).toEqual(['Filter lambda(seats)'])
    const isLate = (d: { delayMin: number | null }) => (d.delayMin ?? 0) > 0
    expect(top(events.filter(isLate))).toEqual(['Filter isLate(delayMin)'])
  })

  it('keys by names and by functions that pick columns alike', () => {
    const definition = { onEvent() {} }
    const expected = ['Process process by origin, flight reads ()']
    expect(top(events.keyBy('origin', 'flight').process(definition))).toEqual(expected)
    expect(top(events.keyBy(d => [d.origin, d.flight]).process(definition))).toEqual(expected)
  })

  it('keys by a computed value of a declared type', () => {
    const keyed = events.keyBy(d => d.flight.slice(0, 2), t.string()).process({ onEvent() {} })
    expect(top(keyed)).toEqual(['Process process by key(flight) reads ()'])
  })

  it('refuses a computed key without a type, and says what to do', () => {
    expect(() => events.keyBy(d => d.flight.slice(0, 2))).toThrow(
      'The type of a computed key is not known.',
    )
  })

  it('declares state, side outputs and timers', () => {
    const watched = events.keyBy('origin').process({
      name: 'watch',
      state: { since: value(t.timestamp()) },
      output: { origin: t.string(), since: t.timestamp() },
      sideOutputs: { quiet: { origin: t.string() } },
      onEvent(d, ctx) {
        if ((d.delayMin ?? 0) > 30) ctx.state.since.set(d.at)
        ctx.setTimer(d.at + 60_000)
      },
      onTimer(ctx) {
        ctx.emitTo('quiet', { origin: ctx.key })
      },
    })
    expect(top(watched)).toEqual([
      'Process watch by origin reads (delayMin, at) state (since value)',
    ])
    expect(top(watched.sideOutput('quiet'))).toEqual([
      'Process watch by origin reads (delayMin, at) state (since value) output quiet',
    ])
  })

  it('unites streams and becomes a table with a watermark', () => {
    const made = events.map(d => ({ at: d.at }), { at: t.timestamp() })
    expect(top(made.union(made))).toEqual(['Union all'])
    const table = made.toTable({ watermark: { column: 'at', delay: '1s' } })
    expect(top(table, 2)).toEqual([
      "Watermark at AS at - INTERVAL '1' SECOND",
      '  Process map reads (at)',
    ])
  })
})
