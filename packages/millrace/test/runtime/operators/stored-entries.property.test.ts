// Recovered entries as bytes: against a plain map.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { StoredEntries, type TakeEntry } from '../../../src/runtime/operators/stored-entries.ts'
import type { BinaryReader } from '../../../src/state/binary-reader.ts'
import { keyGroupOf } from '../../../src/state/key-group.ts'

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const valueOf = ({ bytes, offset, end }: BinaryReader) => textOf(bytes.subarray(offset, end))

/** Entries by their group and the rest of their key, both as hexadecimal text, in the order in which they were added. */
type Model = Map<string, Map<string, Uint8Array>>

function storedOf(model: Model): StoredEntries {
  const stored = new StoredEntries()
  for (const [group, members] of model)
    for (const [member, value] of members)
      stored.add(Buffer.from(group + member, 'hex'), value, group.length / 2)
  return stored
}

const sizeOf = (model: Model) => [...model.values()].reduce((sum, m) => sum + m.size, 0)

const collected = (run: (take: TakeEntry) => void): (readonly [string, string])[] => {
  const found: (readonly [string, string])[] = []
  run((key, value) => found.push([textOf(key), valueOf(value)]))
  return found
}

const membersOf = (model: Model, group: string) =>
  [...(model.get(group) ?? [])].map(([member, value]) => [group + member, textOf(value)] as const)

const all = (model: Model) => [...model.keys()].flatMap(group => membersOf(model, group))

it('gives each group out once and in order, whether it is asked for or drained', () => {
  const bytes = fc.uint8Array({ maxLength: 3 })
  // As encoded keys: none is the beginning of another.
  const group = bytes.map(b => Uint8Array.of(b.length, ...b))
  const value = fc.uint8Array({ maxLength: 40 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(group, bytes, value), { maxLength: 80 }),
      fc.array(fc.oneof(group, fc.nat(20)), { maxLength: 60 }),
      (triples, steps) => {
        const model: Model = new Map()
        for (const [group, member, v] of triples) {
          const members = model.get(textOf(group)) ?? new Map<string, Uint8Array>()
          model.set(textOf(group), members.set(textOf(member), v))
        }
        const stored = storedOf(model)
        for (const step of steps) {
          if (typeof step === 'number') {
            const before = sizeOf(model)
            const found = collected(take => stored.drain(step, take))
            const groups = [...model.keys()].filter(group =>
              membersOf(model, group).some(([key]) => found.some(f => f[0] === key)),
            )
            // Whole groups, and no more of them than it takes.
            expect(found).toEqual(groups.flatMap(group => membersOf(model, group)))
            const last = groups.at(-1)
            const lastSize = last === undefined ? 0 : membersOf(model, last).length
            expect(found.length - lastSize).toBeLessThan(Math.max(1, step))
            expect(found.length).toBeGreaterThanOrEqual(Math.min(step, before))
            for (const group of groups) model.delete(group)
          } else {
            const group = textOf(step)
            const found = collected(take => stored.take(step, step.length, take))
            expect(found).toEqual(membersOf(model, group))
            model.delete(group)
          }
          expect(stored.size).toBe(sizeOf(model))
        }
        expect(collected(take => stored.drain(Number.POSITIVE_INFINITY, take))).toEqual(all(model))
        expect(stored.size).toBe(0)
      },
    ),
  )
})

it('finds entries among many, of one key group or all, and those longer than a page', () => {
  const keys = Array.from({ length: 50_000 }, (_, i) => Buffer.from(`key-${i}`))
  const long = new Uint8Array(3 << 20).fill(7)
  for (const isKept of [() => true, (key: Uint8Array) => keyGroupOf(key) === 3]) {
    const kept = keys.filter(isKept)
    const valueAt = (i: number) => (i === 100 ? long : (kept[i] as Uint8Array).subarray(2))
    const stored = new StoredEntries()
    kept.forEach((key, i) => {
      stored.add(key, valueAt(i))
    })
    const absent = Buffer.from('key-50000')
    expect(collected(take => stored.take(absent, absent.length, take))).toEqual([])
    let found = 0
    for (const [i, key] of kept.entries())
      stored.take(key, key.length, (_, value) => {
        found += Buffer.compare(valueAt(i), value.view(value.remaining)) === 0 ? 1 : 0
      })
    expect(found).toBe(kept.length)
    expect(stored.size).toBe(0)
    expect(stored.isSparse).toBe(true)
  }
})
