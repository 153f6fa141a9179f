// Operators that complete or re-key changelogs: against naive histories, through crashes, with a time to live.

import { describe, expect, it } from 'vitest'
import {
  MaterializeOperator,
  type MaterializeSettings,
} from '../../../src/runtime/operators/changelog/materialize-operator.ts'
import { NormalizeOperator } from '../../../src/runtime/operators/changelog/normalize-operator.ts'
import { ResolveConflictsOperator } from '../../../src/runtime/operators/changelog/resolve-conflicts-operator.ts'
import { createJoinKey } from '../../../src/runtime/operators/joins/join-key.ts'
import type {
  OperatorPlace,
  StatefulRowOperator,
} from '../../../src/runtime/operators/stateful-row-operator.ts'
import { types } from '../../../src/types/data-type.ts'
import type { Row, Value } from '../../../src/types/value.ts'
import { OperatorHarness, seeded } from './operator-harness.ts'

/** Rows are (id, city, n): `id` is the query's key, `city` the sink's. */
const ROW_TYPES = [types.int, types.string, types.int]
const ID = createJoinKey([types.int], [true], row => [row[0] as Value])
const CITY = createJoinKey([types.string], [true], row => [row[1] as Value])
const WHOLE = createJoinKey(ROW_TYPES, [true, true, true], row => [...row])

const byKey = (place: OperatorPlace): MaterializeSettings => ({
  place,
  sinkKey: CITY,
  identity: ID,
  isUnique: true,
  rowTypes: ROW_TYPES,
})
const withoutKey = (place: OperatorPlace): MaterializeSettings => ({
  ...byKey(place),
  identity: WHOLE,
  isUnique: false,
})

const TTL = 20
type Make = (place: OperatorPlace) => StatefulRowOperator

const expiring = (make: Make) =>
  new OperatorHarness(place =>
    make({
      ...place,
      ttl: { ttlMs: TTL, line: 'event', nowMs: () => place.clock.watermark },
    }),
  )

/** Applies upserts as a table by city does; a deletion of what is not there fails. */
function apply(table: Map<string, string>, changes: readonly string[]): void {
  for (const change of changes) {
    const [, kind, city, text] = /^(..)\(\d+, (\w+), (\d+)\)$/.exec(change) ?? []
    if (kind === '-D') expect(table.delete(city as string)).toBe(true)
    else {
      expect(table.has(city as string), change).toBe(kind === '+U')
      table.set(city as string, text as string)
    }
  }
}

describe('a materialized sink', () => {
  for (const [name, make] of [
    ['by the key of the query', byKey],
    ['by whole rows', withoutKey],
  ] as const)
    it(`shows the newest row of each key, ${name}, through crashes`, () => {
      const random = seeded(7)
      const sink = new OperatorHarness(place => new MaterializeOperator(make(place)))
      const rows: Row[] = []
      const table = new Map<string, string>()
      for (let step = 0; step < 3000; step++) {
        const at = random(rows.length + 2)
        const old = rows[at]
        if (old) {
          rows.splice(at, 1)
          const isUpdate = random(2) === 0
          sink.send(0, isUpdate ? '-U' : '-D', ...old)
          if (isUpdate) {
            const row = [old[0] as Value, `c${random(4)}`, step]
            rows.push(row)
            sink.send(0, '+U', ...row)
          }
        } else if (rows.length < 40) {
          rows.push([step, `c${random(4)}`, step])
          sink.send(0, '+I', ...(rows.at(-1) as Row))
        }
        apply(table, sink.take())
        const newest = new Map(rows.map(([, city, n]) => [city, String(n)]))
        expect(table).toEqual(newest)
        if (step % 97 === 0) sink.crash()
      }
    })

  it('forgets all rows of a key together, once none came for the time to live', () => {
    const sink = expiring(place => new MaterializeOperator(byKey(place)))
    sink.watermark(100)
    sink.send(0, '+I', 1, 'Bonn', 1)
    sink.watermark(100 + TTL - 1)
    sink.send(0, '+I', 2, 'Bonn', 2)
    sink.crash()
    sink.watermark(100 + 2 * TTL - 2)
    sink.send(0, '-D', 2, 'Bonn', 2)
    expect(sink.take()).toEqual(['+I(1, Bonn, 1)', '+U(2, Bonn, 2)', '+U(1, Bonn, 1)'])
    sink.crash()
    sink.watermark(100 + 3 * TTL - 2)
    sink.send(0, '-D', 1, 'Bonn', 1)
    sink.send(0, '+I', 3, 'Bonn', 3)
    expect(sink.take()).toEqual(['+I(3, Bonn, 3)'])
    expect(sink.operator.stats()).toMatchObject({ expired: 1, stateEntries: 1 })
  })

  it('frees the memory and stored state of keys as time goes on', () => {
    const sink = expiring(place => new MaterializeOperator(byKey(place)))
    for (let i = 0; i < 2000; i++) {
      sink.watermark(i)
      sink.send(0, '+I', i, `c${i >> 1}`, 0)
      if (i % 7 === 0) sink.commit()
    }
    sink.crash()
    expect(sink.storedEntries).toBeLessThan(2 * TTL)
  })
})

const conflicts = (action: 'nothing' | 'error') => (place: OperatorPlace) =>
  new ResolveConflictsOperator({
    ...byKey(place),
    action,
    table: 'cities',
    keyNames: ['city'],
  })

describe('a sink on whose conflicts nothing is done', () => {
  it('keeps the first row of a key, deletes the key with it, and forgets those that came later', () => {
    const sink = new OperatorHarness(conflicts('nothing'))
    sink.watermark(10)
    sink.send(0, '+I', 1, 'Bonn', 1)
    sink.send(0, '+I', 2, 'Bonn', 2)
    expect(sink.take()).toEqual([])
    sink.crash()
    sink.watermark(11)
    expect(sink.take()).toEqual(['+I(1, Bonn, 1)'])
    sink.send(0, '-D', 2, 'Bonn', 2)
    sink.send(0, '-U', 1, 'Bonn', 1)
    sink.send(0, '+U', 1, 'Bonn', 3)
    sink.watermark(12)
    expect(sink.take()).toEqual(['+U(1, Bonn, 3)'])
    sink.send(0, '-D', 1, 'Bonn', 3)
    sink.end()
    expect(sink.take()).toEqual(['-D(1, Bonn, 3)'])
    sink.crash()
    expect(sink.storedEntries).toBe(0)
  })

  it('gives nothing out of changes that undo each other', () => {
    const sink = new OperatorHarness(conflicts('nothing'))
    sink.send(0, '+I', 1, 'Bonn', 1)
    sink.send(0, '-D', 1, 'Bonn', 1)
    sink.send(0, '+I', 2, 'Kiel', 1)
    sink.watermark(10)
    sink.send(0, '-U', 2, 'Kiel', 1)
    sink.send(0, '+U', 2, 'Kiel', 1)
    sink.watermark(20)
    expect(sink.take()).toEqual(['+I(2, Kiel, 1)'])
  })

  it('gives the first of the other rows when the one that was shown has gone', () => {
    const sink = new OperatorHarness(conflicts('nothing'))
    sink.send(0, '+I', 1, 'Bonn', 1)
    sink.watermark(10)
    sink.send(0, '-D', 1, 'Bonn', 1)
    sink.send(0, '+I', 2, 'Bonn', 2)
    sink.send(0, '+I', 3, 'Bonn', 3)
    sink.end()
    expect(sink.take()).toEqual(['+I(1, Bonn, 1)', '+U(2, Bonn, 2)'])
  })

  it('is the same with crashes at any time', () => {
    const run = (crashes: boolean) => {
      const random = seeded(11)
      const sink = new OperatorHarness(conflicts('nothing'))
      const output: string[] = []
      const rows = new Map<number, Row>()
      for (let step = 0; step < 2000; step++) {
        const id = random(12)
        const old = rows.get(id)
        const row: Row = [id, `c${random(5)}`, step]
        if (old) sink.send(0, '-U', ...old)
        sink.send(0, old ? '+U' : '+I', ...row)
        rows.set(id, row)
        if (random(3) === 0) sink.watermark(step)
        output.push(...sink.take())
        if (crashes && step % 13 === 0) sink.crash()
      }
      sink.end()
      return [...output, ...sink.take()]
    }
    expect(run(true)).toEqual(run(false))
  })

  it('does not forget a key whose changes wait for the watermark', () => {
    const sink = expiring(conflicts('nothing'))
    sink.watermark(100)
    sink.send(0, '+I', 1, 'Bonn', 1)
    sink.watermark(101)
    sink.watermark(100 + TTL)
    sink.send(0, '-D', 1, 'Bonn', 1)
    sink.watermark(101 + 2 * TTL)
    expect(sink.take()).toEqual(['+I(1, Bonn, 1)', '-D(1, Bonn, 1)'])
  })
})

describe('a sink on whose conflicts the run ends', () => {
  it('takes an update that moves rows past each other for no conflict', () => {
    const sink = new OperatorHarness(conflicts('error'))
    sink.send(0, '+I', 1, 'Bonn', 1)
    sink.send(0, '+I', 2, 'Kiel', 2)
    sink.watermark(10)
    sink.send(0, '-U', 1, 'Bonn', 1)
    sink.send(0, '+U', 1, 'Kiel', 1)
    sink.send(0, '-U', 2, 'Kiel', 2)
    sink.send(0, '+U', 2, 'Bonn', 2)
    sink.watermark(11)
    expect(sink.take()).toEqual([
      '+I(1, Bonn, 1)',
      '+I(2, Kiel, 2)',
      '+U(2, Bonn, 2)',
      '+U(1, Kiel, 1)',
    ])
  })

  it('says which key several rows have', () => {
    const sink = new OperatorHarness(conflicts('error'))
    sink.send(0, '+I', 1, 'Bonn', 1)
    sink.send(0, '+I', 2, 'Bonn', 2)
    expect(() => sink.watermark(10)).toThrow(
      'several rows have the key (city = Bonn) of table cities',
    )
  })
})

const normalized = (place: OperatorPlace) =>
  new NormalizeOperator({ place, key: ID, rowTypes: ROW_TYPES, emitsUpdateBefore: true })

describe('a completed changelog', () => {
  it('takes no row back where the next one says all', () => {
    const rows = new OperatorHarness(
      place =>
        new NormalizeOperator({ place, key: ID, rowTypes: ROW_TYPES, emitsUpdateBefore: false }),
    )
    rows.send(0, '+I', 1, 'Bonn', 1)
    rows.send(0, '+I', 1, 'Bonn', 2)
    rows.send(0, '-D', 1, 'Bonn', 2)
    expect(rows.take()).toEqual(['+I(1, Bonn, 1)', '+U(1, Bonn, 2)', '-D(1, Bonn, 2)'])
  })

  it('gives nothing out for a row that changes nothing', () => {
    const rows = new OperatorHarness(normalized)
    rows.send(0, '+I', 1, 'Bonn', 1)
    rows.send(0, '+I', 1, 'Bonn', 1)
    expect(rows.take()).toEqual(['+I(1, Bonn, 1)'])
  })

  it('forgets rows, and tells what is below of those that are not forgotten', () => {
    const rows = expiring(normalized)
    rows.watermark(100)
    rows.send(0, '+I', 1, 'Bonn', 1)
    rows.watermark(100 + TTL - 1)
    rows.send(0, '+I', 1, 'Bonn', 1)
    expect(rows.take()).toEqual(['+I(1, Bonn, 1)', '-U(1, Bonn, 1)', '+U(1, Bonn, 1)'])
    rows.crash()
    rows.watermark(100 + 2 * TTL - 1)
    rows.send(0, '-D', 1, 'Bonn', 1)
    rows.send(0, '+I', 1, 'Bonn', 2)
    expect(rows.take()).toEqual(['+I(1, Bonn, 2)'])
    expect(rows.operator.stats().expired).toBe(1)
  })
})
