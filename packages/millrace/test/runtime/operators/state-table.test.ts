// Recovered entries of a state table: kept as they were stored until their group is recalled.

import { beforeEach, expect, it } from 'vitest'
import {
  fresh,
  ID_TYPE,
  type StateRecord,
  StateTable,
  type StoredRow,
} from '../../../src/runtime/operators/state-table.ts'
import { decodeFullKey, DeltaReader, DeltaWriter } from '../../../src/state/delta-format.ts'
import { types } from '../../../src/types/data-type.ts'

interface Visit extends StateRecord {
  readonly city: string
  readonly id: number
  readonly guest: string
}

const createTable = () =>
  new StateTable<Visit>({
    table: 0,
    groupTypes: [types.string],
    memberTypes: [ID_TYPE],
    valueTypes: [types.string],
    keyOf: v => [v.city, v.id],
    valueOf: v => [v.guest],
  })

let table: StateTable<Visit>
let found: StoredRow[]
const put = (row: StoredRow) => void found.push(row)
beforeEach(() => {
  found = []
  const before = createTable()
  for (const [id, city] of ['Rome', 'Oslo', 'Rome', '', 'Rome'].entries())
    before.add({ ...fresh(), id, city, guest: `guest ${id}` })
  table = recovered(before)
})

function recovered(before: StateTable<Visit>, spoil = (value: Uint8Array) => value) {
  const writer = new DeltaWriter()
  before.collect(writer)
  const bytes = writer.take()
  const reader = new DeltaReader(bytes)
  const after = createTable()
  while (reader.next())
    after.store({
      ...decodeFullKey(bytes, reader.keyStart, reader.keyEnd),
      value: spoil(bytes.slice(reader.valueStart, reader.valueEnd)),
    })
  return after
}

it('gives the entries of a group in their order, once', () => {
  expect(table.size).toBe(5)
  table.recall(['Rome'], put)
  expect(found.map(f => [f.key, f.value])).toEqual([
    [['Rome', 0], ['guest 0']],
    [['Rome', 2], ['guest 2']],
    [['Rome', 4], ['guest 4']],
  ])
  table.recall(['Rome'], put)
  table.recall(['Rom'], put)
  expect(found).toHaveLength(3)
  expect(table.stored?.size).toBe(2)
  table.recall([''], put)
  table.recallSome(1, put)
  expect(found.slice(3).map(f => f.key)).toEqual([
    ['', 3],
    ['Oslo', 1],
  ])
  expect(table.stored).toBeUndefined()
  expect(table.size).toBe(5)
})

it('decodes nothing of groups that nobody asks for', () => {
  const one = createTable()
  one.add({ ...fresh(), id: 0, city: 'Rome', guest: 'a' })
  const spoiled = recovered(one, value => value.subarray(0, value.length - 1))
  spoiled.recall(['Oslo'], put)
  expect(spoiled.size).toBe(1)
  expect(() => spoiled.recall(['Rome'], put)).toThrow('more bytes are missing')
})
