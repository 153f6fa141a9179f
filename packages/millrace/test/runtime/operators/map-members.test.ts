import { describe, expect, test } from 'vitest'
import { LargeMap } from '../../../src/runtime/operators/large-map.ts'
import { MapMembers } from '../../../src/runtime/operators/map-members.ts'
import { decodeFullKey, DeltaReader, DeltaWriter, PUT } from '../../../src/state/delta-format.ts'
import type { StateEntry } from '../../../src/state/state-backend.ts'
import { createRowKey } from '../../../src/types/key-text.ts'
import { notNull, types } from '../../../src/types/data-type.ts'
import type { Row, Value } from '../../../src/types/value.ts'

const KEY_TYPES = [types.string]
const FIELD = { position: 1, member: types.bigint, value: notNull(types.bigint) }
const membersOf = () => new MapMembers(KEY_TYPES, [FIELD], createRowKey(KEY_TYPES))

const filled = (size: number) => {
  const map = new LargeMap<Value, Value>()
  for (let i = 0; i < size; i++) map.set(i, 1)
  return map
}
const valueOf = (map: LargeMap<Value, Value>): Row => [7, map as unknown as Value]

/** What an epoch writes of the entry `a`. */
function written(members: MapMembers, map: LargeMap<Value, Value>, isLive = true) {
  const writer = new DeltaWriter()
  members.collect(writer, ['a'], valueOf(map), isLive)
  const bytes = writer.take()
  const reader = new DeltaReader(bytes)
  const entries: (StateEntry & { readonly isPut: boolean })[] = []
  while (reader.next())
    entries.push({
      ...decodeFullKey(bytes, reader.keyStart, reader.keyEnd),
      value: bytes.subarray(reader.valueStart, reader.valueEnd),
      isPut: reader.tag === PUT,
    })
  return entries
}

describe('the members of maps', () => {
  test('stay within the entry while they are few', () => {
    const members = membersOf()
    const map = filled(16)
    expect(written(members, map)).toEqual([])
    expect(members.within(valueOf(map))[1]).toBe(map)
  })

  test('are entries of their own once they are many, and then only those that change are written', () => {
    const members = membersOf()
    const map = filled(1000)
    expect(written(members, map)).toHaveLength(1000)
    expect(members.within(valueOf(map))).toEqual([7, null])
    expect(written(members, map)).toEqual([])
    map.set(5, 2)
    map.delete(6)
    map.set(5000, 1)
    map.delete(5000)
    expect(written(members, map)).toHaveLength(3)
    expect(written(members, map)).toEqual([])
  })

  test('go with their entry, those too that have not been written yet', () => {
    const members = membersOf()
    const map = filled(100)
    written(members, map)
    map.delete(3)
    map.set(200, 1)
    expect(written(members, map, false)).toHaveLength(101)
    expect(written(members, filled(10), false)).toEqual([])
  })

  test('are found again when their entry is asked for', () => {
    const map = filled(40)
    map.set(null, 3)
    const entries = written(membersOf(), map)
    const restored = membersOf()
    for (const entry of entries) if (entry.isPut) restored.restore(entry)
    const mapOf = (value: Row) => value[1] as unknown as LargeMap<Value, Value>
    const found = mapOf(restored.whole(['a'], [7, null]))
    expect(new Map(found)).toEqual(new Map(map))
    expect(found.isApart).toBe(true)
    // They are in one place only.
    expect(mapOf(restored.whole(['a'], [7, null])).size).toBe(0)
  })
})
