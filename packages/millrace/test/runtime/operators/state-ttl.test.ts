// The time to live of idle state: what is forgotten and when, through crashes and sweeps at any time, against naive histories.

import { describe, expect, it } from 'vitest'
import type { JoinKind } from '../../../src/plan/node.ts'
import type { ListState, ValueState } from '../../../src/plan/state-handles.ts'
import { createJoinKey } from '../../../src/runtime/operators/joins/join-key.ts'
import { JoinOperator } from '../../../src/runtime/operators/joins/join-operator.ts'
import type { SideIdentity } from '../../../src/runtime/operators/joins/join-side.ts'
import { OverOperator } from '../../../src/runtime/operators/over/over-operator.ts'
import { ProcessOperator } from '../../../src/runtime/operators/process-operator.ts'
import { DeduplicateOperator } from '../../../src/runtime/operators/ranks/deduplicate-operator.ts'
import { RankOperator } from '../../../src/runtime/operators/ranks/rank-operator.ts'
import type { TtlTime } from '../../../src/runtime/operators/state-ttl.ts'
import type {
  OperatorPlace,
  StatefulRowOperator,
} from '../../../src/runtime/operators/stateful-row-operator.ts'
import { notNull, types } from '../../../src/types/data-type.ts'
import type { Row, RowKind, Value } from '../../../src/types/value.ts'
import { OperatorHarness, seeded } from './operator-harness.ts'

const TTL = 20
/** Rows are (key, name, time or score). */
const ROW_TYPES = [types.int, types.string, types.int]
const key = createJoinKey([types.int], [true], row => [row[0] as Value])

const byWatermark = ({ clock }: OperatorPlace): TtlTime => ({
  ttlMs: TTL,
  line: 'event',
  nowMs: () => clock.watermark,
})

type Make = (place: OperatorPlace) => StatefulRowOperator

const expiring = (make: Make, inputs = 1) =>
  new OperatorHarness(place => make({ ...place, ttl: byWatermark(place) }), inputs)

const deduplicate =
  (keep: 'first' | 'last', byTime: boolean): Make =>
  place =>
    new DeduplicateOperator({
      place,
      key,
      rowTypes: ROW_TYPES,
      keep,
      timeOf: byTime ? row => row[2] as number : undefined,
      withRank: false,
      emitsUpdateBefore: true,
    })

const topTwo =
  (identity: SideIdentity): Make =>
  place =>
    new RankOperator({
      place,
      key,
      rowTypes: ROW_TYPES,
      orderOf: row => [row[2] as Value],
      compare: (a, b) => (a[0] as number) - (b[0] as number),
      range: { function: 'row_number', from: 1, to: 2 },
      withRank: true,
      identity,
      emitsUpdateBefore: true,
    })

const join =
  (kind: JoinKind, identity: SideIdentity): Make =>
  place => {
    const side = { key, rowTypes: ROW_TYPES, identity, ttl: place.ttl }
    return new JoinOperator({ place, join: kind, left: side, right: side, matches: () => true })
  }

const runningCount =
  (preceding: number): Make =>
  place =>
    new OverOperator({
      place,
      key,
      rowTypes: ROW_TYPES,
      time: 'event',
      timeOf: row => row[2] as number,
      unit: 'rows',
      preceding,
      aggregates: {
        fieldTypes: [notNull(types.bigint)],
        fresh: () => ({ count: 0 }),
        accumulate: totals => {
          ;(totals as { count: number }).count++
        },
        results: totals => [(totals as { count: number }).count],
        fieldsOf: totals => [(totals as { count: number }).count],
        restore: ([count]) => ({ count: count as number }),
      },
    })

const countPerKey =
  (timerMs?: number): Make =>
  place =>
    new ProcessOperator({
      place,
      function: {
        name: 'count',
        state: {
          count: { kind: 'value', type: types.int },
          seen: { kind: 'list', type: types.string },
        },
        sideOutputs: {},
        onEvent(event, context) {
          const { name, at } = event as { name: string; at: number }
          const count = context.state['count'] as ValueState<number>
          count.set((count.get() ?? 0) + 1)
          const seen = context.state['seen'] as ListState<string>
          seen.add(name)
          if (timerMs !== undefined) context.setTimer(at + timerMs)
          context.emit({ name: seen.get().join(), count: count.get() })
        },
        onTimer(context) {
          const count = context.state['count'] as ValueState<number>
          context.emit({ name: 'timer', count: count.get() ?? 0 })
        },
      },
      key,
      inputSchema: [
        { name: 'key', type: types.int },
        { name: 'name', type: types.string },
        { name: 'at', type: types.int },
      ],
      outputSchema: [
        { name: 'name', type: types.string },
        { name: 'count', type: types.int },
      ],
      timeOf: row => row[2] as number,
      nowMs: () => 0,
      timerFailed: error => {
        throw error
      },
    })

describe('the time to live', () => {
  it('forgets a key that no row came of for as long, and counts it', () => {
    const first = expiring(deduplicate('first', false))
    first.watermark(100)
    first.send(0, '+I', 1, 'a', 0)
    first.watermark(100 + TTL - 1)
    first.send(0, '+I', 1, 'repeated', 0)
    first.watermark(100 + 2 * TTL - 2)
    first.send(0, '+I', 1, 'repeated', 0)
    expect(first.take()).toEqual(['+I(1, a, 0)'])
    first.watermark(100 + 3 * TTL - 2)
    first.send(0, '+I', 1, 'again', 0)
    expect(first.take()).toEqual(['+I(1, again, 0)'])
    expect(first.operator.stats()).toMatchObject({ expired: 1, stateEntries: 1 })
  })

  it('frees memory and stored state as time goes on', () => {
    const first = expiring(deduplicate('first', false))
    for (let i = 0; i < 5000; i++) {
      first.watermark(i)
      first.send(0, '+I', i, 'a', 0)
      if (i % 7 === 0) first.commit()
    }
    first.crash()
    expect(first.storedEntries).toBeLessThan(2 * TTL)
    expect(first.operator.stats().stateEntries).toBe(first.storedEntries)
  })

  it('does not begin before the first watermark, and does not end with the last', () => {
    const first = expiring(deduplicate('first', false))
    first.send(0, '+I', 1, 'a', 0)
    first.crash()
    first.watermark(1_000_000)
    first.send(0, '+I', 2, 'b', 0)
    first.watermark(1_000_000 + TTL - 1)
    first.send(0, '+I', 1, 'repeated', 0)
    first.end()
    first.crash()
    first.send(0, '+I', 1, 'repeated', 0)
    expect(first.take()).toEqual(['+I(1, a, 0)', '+I(2, b, 0)'])
  })

  it('never takes from a first row that waits for its time', () => {
    const first = expiring(deduplicate('first', true))
    first.watermark(100)
    first.send(0, '+I', 1, 'a', 100 + 5 * TTL)
    first.watermark(100 + 3 * TTL)
    first.send(0, '+I', 2, 'b', 100 + 5 * TTL)
    first.crash()
    first.watermark(100 + 5 * TTL)
    first.send(0, '+I', 1, 'repeated', 101 + 5 * TTL)
    first.end()
    expect(first.take()).toEqual([`+I(1, a, ${100 + 5 * TTL})`, `+I(2, b, ${100 + 5 * TTL})`])
  })

  it('keeps a key while it has timers', () => {
    const counts = expiring(countPerKey(3 * TTL))
    counts.watermark(0)
    counts.send(0, '+I', 1, 'a', 0)
    counts.watermark(2 * TTL)
    counts.send(0, '+I', 2, 'b', 2 * TTL)
    counts.crash()
    counts.watermark(3 * TTL)
    expect(counts.take()).toEqual(['+I(a, 1)', '+I(b, 1)', '+I(timer, 1)'])
    counts.watermark(4 * TTL)
    counts.send(0, '+I', 1, 'c', 4 * TTL)
    expect(counts.take()).toEqual(['+I(c, 1)'])
  })

  it('takes nothing back that it does not know any more', () => {
    const left = expiring(join('left', { kind: 'row' }), 2)
    const at = (time: number) => {
      for (const input of [0, 1]) left.watermark(time, input)
    }
    at(100)
    left.send(1, '+I', 1, 'x', 0)
    at(100 + TTL - 1)
    left.send(0, '+I', 1, 'a', 0)
    at(100 + TTL)
    left.send(0, '-D', 1, 'a', 0)
    left.send(0, '+I', 1, 'a', 0)
    expect(left.take()).toEqual(['+I(1, a, 0, 1, x, 0)', '+I(1, a, 0, null, null, null)'])
  })

  it('starts anew for state that was written without it, or by another clock', () => {
    const store = new OperatorHarness(place => {
      const ttl = byWatermark(place)
      const choices = [undefined, { ...ttl, line: 'processing', nowMs: () => 5 } as const, ttl]
      return deduplicate('first', false)({ ...place, ttl: choices[runs++ % 3] })
    })
    store.watermark(1000)
    store.send(0, '+I', 1, 'a', 0)
    store.crash()
    store.send(0, '+I', 2, 'b', 0)
    store.commit()
    store.crash()
    store.send(0, '+I', 3, 'c', 0)
    store.watermark(1000 + TTL - 1)
    for (const k of [1, 2, 3]) store.send(0, '+I', k, 'repeated', 0)
    expect(store.take()).toEqual(['+I(1, a, 0)', '+I(2, b, 0)', '+I(3, c, 0)'])
  })
})

let runs = 0

/** Rows of few keys with pauses; both runs see the same, one of them commits and crashes in between. */
function compare(make: Make, seed: number, inputs = 1, retracts = false) {
  const random = seeded(seed)
  const [steady, crashing] = [expiring(make, inputs), expiring(make, inputs)]
  const sent: { input: number; kind: RowKind; row: Row; now: number }[] = []
  const live: { input: number; row: Row }[] = []
  let now = 1000
  for (let step = 0; step < 150; step++) {
    now += random(6) === 0 ? random(2 * TTL) : random(3)
    for (let input = 0; input < inputs; input++)
      for (const h of [steady, crashing]) h.watermark(now, input)
    const takesBack = retracts && live.length > 0 && random(3) === 0
    const [change] = takesBack
      ? live.splice(random(live.length), 1)
      : [{ input: random(inputs), row: [random(5), `r${step}`, now + random(10)] as Row }]
    if (!change) continue
    if (!takesBack) live.push(change)
    const kind: RowKind = takesBack ? '-D' : '+I'
    sent.push({ ...change, kind, now })
    for (const h of [steady, crashing]) h.send(change.input, kind, ...change.row)
    if (random(4) === 0) crashing.commit()
    if (random(8) === 0) crashing.crash()
  }
  const answer = steady.take()
  expect(crashing.take(), `seed ${seed}`).toEqual(answer)
  return { sent, answer }
}

describe('state that expires gives the same through sweeps and crashes', () => {
  const cases: readonly (readonly [string, Make, number, boolean])[] = [
    ['first rows by time', deduplicate('first', true), 1, false],
    ['last rows', deduplicate('last', false), 1, false],
    ['Top-N of rows that are added', topTwo({ kind: 'append' }), 1, false],
    ['Top-N of rows that are taken back', topTwo({ kind: 'row' }), 1, true],
    ['Top-N of upserts', topTwo({ kind: 'unique-key', columns: [0, 1], upsert: true }), 1, true],
    ['a full join', join('full', { kind: 'row' }), 2, true],
    ['an anti join', join('anti', { kind: 'row' }), 2, true],
    ['running totals', runningCount(Number.POSITIVE_INFINITY), 1, false],
    ['totals of the last rows', runningCount(2), 1, false],
    ['a process function', countPerKey(), 1, false],
    ['a process function with timers', countPerKey(7), 1, false],
  ]
  for (const [name, make, inputs, retracts] of cases)
    it(name, () => {
      for (let seed = 1; seed <= 20; seed++) compare(make, seed, inputs, retracts)
    })

  it('first rows by arrival, as a naive history gives them', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { sent, answer } = compare(deduplicate('first', false), seed)
      const lastSeen = new Map<Value, number>()
      const expected: string[] = []
      for (const { row, now } of sent) {
        const seen = lastSeen.get(row[0] as Value)
        if (seen === undefined || now - seen >= TTL) expected.push(`+I(${row.join(', ')})`)
        lastSeen.set(row[0] as Value, now)
      }
      expect(answer).toEqual(expected)
    }
  })

  it('an inner join, as a naive history gives it', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { sent, answer } = compare(join('inner', { kind: 'append' }), seed, 2)
      const expected = sent.flatMap(({ input, row, now }, i) =>
        sent
          .slice(0, i)
          .filter(o => o.input !== input && o.row[0] === row[0] && now - o.now < TTL)
          .map(o => (input === 0 ? [...row, ...o.row] : [...o.row, ...row]))
          .map(joined => `+I(${joined.join(', ')})`),
      )
      expect(answer).toEqual(expected)
    }
  })
})
