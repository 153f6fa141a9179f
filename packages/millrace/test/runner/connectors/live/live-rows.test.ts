// Rows of live tables: by key, by row, appended; bounded.

import { describe, expect, it } from 'vitest'
import { LiveRows } from '../../../../src/runner/connectors/live/live-rows.ts'
import { types as t } from '../../../../src/types/data-type.ts'
import type { Schema } from '../../../../src/types/schema.ts'
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../../../src/types/value.ts'

const schema: Schema = [
  { name: 'city', type: t.string },
  { name: 'n', type: t.int },
]

describe('rows with a key', () => {
  const rows = () => new LiveRows(schema, { kind: 'key', columns: [0] }, 3)

  it('holds the newest of each key, the one changed last first', () => {
    const held = rows()
    held.apply(INSERT, ['Bonn', 1])
    held.apply(INSERT, ['Kiel', 1])
    held.apply(UPDATE_BEFORE, ['Bonn', 1])
    held.apply(UPDATE_AFTER, ['Bonn', 2])
    expect(held.newest(9)).toEqual([
      ['Bonn', 2],
      ['Kiel', 1],
    ])
    expect(held.newest(1)).toEqual([['Bonn', 2]])
    expect(held.newest(0)).toEqual([])
  })

  it('lets go of deleted ones, and of one that it does not hold', () => {
    const held = rows()
    held.apply(INSERT, ['Bonn', 1])
    held.apply(DELETE, ['Bonn', 1])
    held.apply(DELETE, ['Kiel', 1])
    expect(held.newest(9)).toEqual([])
    expect(held.count).toBe(0)
  })

  it('lets go of those that were changed longest ago, and counts them', () => {
    const held = rows()
    for (const city of ['Bonn', 'Kiel', 'Mainz', 'Bonn', 'Trier']) held.apply(INSERT, [city, 0])
    expect(held.newest(9).map(r => r[0])).toEqual(['Trier', 'Bonn', 'Mainz'])
    expect(held.dropped).toBe(1)
  })
})

describe('rows without a key', () => {
  it('takes away as many equal ones as were retracted', () => {
    const held = new LiveRows(schema, { kind: 'row' }, 10)
    for (let i = 0; i < 3; i++) held.apply(INSERT, ['Bonn', 1])
    held.apply(INSERT, ['Bonn', 2])
    held.apply(UPDATE_BEFORE, ['Bonn', 1])
    expect(held.count).toBe(3)
    held.apply(DELETE, ['Bonn', 1])
    held.apply(DELETE, ['Bonn', 1])
    expect(held.newest(9)).toEqual([['Bonn', 2]])
    expect(held.count).toBe(1)
  })

  it('keeps the newest of those that only grow', () => {
    const held = new LiveRows(schema, { kind: 'append' }, 2)
    for (const n of [1, 1, 2]) held.apply(INSERT, ['Bonn', n])
    expect(held.newest(9)).toEqual([
      ['Bonn', 2],
      ['Bonn', 1],
    ])
    expect(held.dropped).toBe(1)
  })
})

describe('followers', () => {
  const changesOf = (held: LiveRows) => {
    const changes: unknown[] = []
    held.followers.add((kind, row) => changes.push([kind, ...row]))
    return changes
  }

  it('are told of whole changes: what is replaced, before what replaces it, and what leaves for want of room', () => {
    const held = new LiveRows(schema, { kind: 'key', columns: [0] }, 1)
    const changes = changesOf(held)
    held.apply(INSERT, ['Bonn', 1])
    held.apply(UPDATE_AFTER, ['Bonn', 2])
    held.apply(INSERT, ['Kiel', 1])
    held.apply(DELETE, ['Mainz', 1])
    expect(changes).toEqual([
      [INSERT, 'Bonn', 1],
      [UPDATE_BEFORE, 'Bonn', 1],
      [UPDATE_AFTER, 'Bonn', 2],
      [INSERT, 'Kiel', 1],
      [DELETE, 'Bonn', 2],
    ])
  })

  it('of a table that only grows are told of what is added alone', () => {
    const held = new LiveRows(schema, { kind: 'append' }, 1)
    const changes = changesOf(held)
    held.apply(INSERT, ['Bonn', 1])
    held.apply(INSERT, ['Bonn', 1])
    expect(changes).toEqual([
      [INSERT, 'Bonn', 1],
      [INSERT, 'Bonn', 1],
    ])
  })
})
