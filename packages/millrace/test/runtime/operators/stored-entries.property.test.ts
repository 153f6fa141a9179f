// Recovered entries as bytes: against a plain map.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { StoredEntries } from '../../../src/runtime/operators/stored-entries.ts'
import type { BinaryReader } from '../../../src/state/binary-reader.ts'
import { keyGroupOf } from '../../../src/state/key-group.ts'

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const valueOf = ({ bytes, offset, end }: BinaryReader) => textOf(bytes.subarray(offset, end))

function storedOf(entries: ReadonlyMap<string, Uint8Array>): StoredEntries {
  const stored = new StoredEntries()
  for (const [text, value] of entries) {
    const key = Buffer.from(text, 'hex')
    stored.add({ keyGroup: keyGroupOf(key), table: 0, slice: undefined, key, value })
  }
  return stored
}

function drained(stored: StoredEntries, max = Number.POSITIVE_INFINITY): Map<string, string> {
  const found = new Map<string, string>()
  stored.drain(max, (key, value) => {
    expect(found.has(textOf(key))).toBe(false)
    found.set(textOf(key), valueOf(value))
  })
  return found
}

it('gives each entry out once, whether it is asked for or drained', () => {
  const bytes = fc.uint8Array({ maxLength: 6 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(bytes, fc.uint8Array({ maxLength: 40 })), { maxLength: 60 }),
      fc.array(fc.oneof(bytes, fc.nat(20)), { maxLength: 60 }),
      (pairs, steps) => {
        const model = new Map(pairs.map(([key, value]) => [textOf(key), value]))
        const stored = storedOf(model)
        for (const step of steps) {
          if (typeof step === 'number') {
            const found = drained(stored, step)
            expect(found.size).toBe(Math.min(step, model.size))
            for (const [key, value] of found) {
              expect(value).toBe(textOf(model.get(key) as Uint8Array))
              model.delete(key)
            }
          } else {
            const value = stored.take(step)
            const expected = model.get(textOf(step))
            expect(value && valueOf(value)).toBe(expected && textOf(expected))
            model.delete(textOf(step))
          }
          expect(stored.size).toBe(model.size)
        }
        expect(drained(stored).size).toBe(model.size)
        expect(stored.size).toBe(0)
      },
    ),
  )
})

it('finds entries among many, of one key group or all, and those longer than a page', () => {
  const keys = Array.from({ length: 50_000 }, (_, i) => Buffer.from(`key-${i}`))
  const long = new Uint8Array(3 << 20).fill(7)
  for (const isKept of [() => true, (key: Uint8Array) => keyGroupOf(key) === 3]) {
    const model = new Map(
      keys.filter(isKept).map((key, i) => [textOf(key), i === 100 ? long : key.subarray(2)]),
    )
    const stored = storedOf(model)
    expect(stored.take(Buffer.from('key-50000'))).toBeUndefined()
    for (const [text, value] of model) {
      const found = stored.take(Buffer.from(text, 'hex'))
      expect(found && Buffer.compare(value, found.view(found.remaining))).toBe(0)
    }
    expect(stored.size).toBe(0)
    expect(stored.isSparse).toBe(true)
  }
})
