// A table of keyed state after a recovery: entries that nobody has asked for yet are there all the same.

import { beforeEach, expect, it } from 'vitest'
import { KeyedTable, type TableEntry } from '../../../src/runtime/operators/keyed-table.ts'
import type { TtlTime } from '../../../src/runtime/operators/state-ttl.ts'
import {
  DELETE_KEY,
  DeltaReader,
  DeltaWriter,
  decodeFullKey,
  PUT,
} from '../../../src/state/delta-format.ts'
import { createKeyCodec } from '../../../src/state/key-codec.ts'
import { createRowCodec } from '../../../src/state/value-codec.ts'
import { types } from '../../../src/types/data-type.ts'
import type { Row } from '../../../src/types/value.ts'

interface Count extends TableEntry {
  readonly key: string
  count: number
  stamp: number
}

const layout = {
  table: 0,
  keyCodec: createKeyCodec([types.string]),
  valueCodec: createRowCodec([types.bigint]),
  keyOf: (e: Count) => [e.key],
  valueOf: (e: Count) => [e.count],
  mapKeyOf: (key: Row) => key[0] as string,
  make: (key: Row, value: Row): Count => ({
    key: key[0] as string,
    count: value[0] as number,
    stamp: 0,
    dirty: false,
    live: true,
  }),
}

let now: number
let stored: Map<string, { entry: Parameters<KeyedTable<Count>['restore']>[0] }>
beforeEach(() => {
  now = Number.NEGATIVE_INFINITY
  stored = new Map()
})
const time: TtlTime = { ttlMs: 100, line: 'event', nowMs: () => now }

/** What the backend holds after the table's changes; their keys, those of deletions with a minus. */
function commit(table: KeyedTable<Count>): string[] {
  const writer = new DeltaWriter()
  table.collect(writer)
  const bytes = writer.take()
  const reader = new DeltaReader(bytes)
  const changed: string[] = []
  while (reader.next()) {
    const key = decodeFullKey(bytes, reader.keyStart, reader.keyEnd)
    const name = layout.keyCodec.read(key.key)[0] as string
    changed.push(reader.tag === DELETE_KEY ? `-${name}` : name)
    const value = bytes.slice(reader.valueStart, reader.valueEnd)
    if (reader.tag === PUT) stored.set(name, { entry: { ...key, value } })
    else stored.delete(name)
  }
  return changed.toSorted()
}

function recovered(ttl?: TtlTime): KeyedTable<Count> {
  const table = new KeyedTable<Count>(layout, ttl)
  for (const { entry } of stored.values()) table.restore(entry)
  return table
}

/** Counts a row, as generated code does. */
function count(table: KeyedTable<Count>, key: string): number {
  table.expiry?.observe()
  let entry = table.find(key) ?? table.recall([key])
  if (entry) table.expiry?.stamp(entry)
  else {
    entry = layout.make([key], [0])
    table.map.set(key, entry)
    table.expiry?.add(entry)
  }
  table.touch(entry)
  return ++entry.count
}

it('goes on from a recovered entry, writes only what has changed, and does not bring back what was removed', () => {
  const table = recovered()
  for (const key of ['a', 'b', 'c', 'b']) count(table, key)
  expect(commit(table)).toEqual(['a', 'b', 'c'])

  const second = recovered()
  expect(second.size).toBe(3)
  expect(count(second, 'b')).toBe(3)
  expect(count(second, 'd')).toBe(1)
  const c = second.recall(['c']) as Count
  second.remove('c', c)
  expect(second.recall(['c'])).toBeUndefined()
  expect(second.size).toBe(3)
  expect(commit(second)).toEqual(['-c', 'b', 'd'])
  expect([...second.values()].map(e => [e.key, e.count]).toSorted()).toEqual([
    ['a', 1],
    ['b', 3],
    ['d', 1],
  ])
  expect(second.stored).toBeUndefined()
  expect(recovered().size).toBe(3)
})

it('forgets recovered entries whose time is over, asked for or not', () => {
  now = 1000
  const table = recovered(time)
  for (const key of ['a', 'b', 'c']) count(table, key)
  now = 1060
  count(table, 'c')
  commit(table)

  const second = recovered(time)
  now = 1120
  expect(count(second, 'a')).toBe(1)
  expect(count(second, 'c')).toBe(3)
  expect(commit(second)).toEqual(['-a', '-b', 'a', 'c'])
  expect([...stored.keys()].toSorted()).toEqual(['a', 'c'])
  expect(second.expiry?.expired).toBe(2)
})

it('starts the time of an entry without a stamp when a time is first known, however late it is asked for', () => {
  const table = recovered()
  for (const key of ['early', 'late', 'never']) count(table, key)
  commit(table)

  const second = recovered(time)
  now = 1000
  expect(count(second, 'other')).toBe(1)
  now = 1050
  expect(count(second, 'early')).toBe(2)
  now = 1100
  expect(count(second, 'late')).toBe(1)
  expect(count(second, 'early')).toBe(3)
  commit(second)
  now = 1200
  count(second, 'other')
  expect(commit(second)).toContain('-never')
})
