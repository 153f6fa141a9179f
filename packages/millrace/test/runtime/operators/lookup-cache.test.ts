import { describe, expect, test } from 'vitest'
import { LookupCache } from '../../../src/runtime/operators/joins/lookup-cache.ts'
import type { Row } from '../../../src/types/value.ts'

/** Counts questions; the answer of key `n` is one row, that of a negative key none. */
function table() {
  const asked: number[] = []
  const ask = (key: number) => async (): Promise<readonly Row[]> => {
    asked.push(key)
    return key < 0 ? [] : [[key]]
  }
  return { asked, ask }
}

describe('answers of a table', () => {
  test('are kept, and given without asking again', async () => {
    const { asked, ask } = table()
    const cache = new LookupCache({ keepsMisses: true }, () => 0)
    for (const key of [1, 2, 1, -1, -1]) await cache.get(key, ask(key))
    expect(asked).toEqual([1, 2, -1])
    expect(await cache.get(1, ask(1))).toEqual([[1]])
  })

  test('that there is no row are kept only where wanted', async () => {
    const { asked, ask } = table()
    const cache = new LookupCache({ keepsMisses: false }, () => 0)
    for (const key of [-1, -1]) await cache.get(key, ask(key))
    expect(asked).toEqual([-1, -1])
  })

  test('go by how long ago they were used when there are too many', async () => {
    const { asked, ask } = table()
    const cache = new LookupCache({ maxRows: 2, keepsMisses: true }, () => 0)
    for (const key of [1, 2, 1, 3, 1, 2]) await cache.get(key, ask(key))
    expect(asked).toEqual([1, 2, 3, 2])
    expect(cache.size).toBe(2)
  })

  test('go once they are too old, or unused for too long', async () => {
    const { asked, ask } = table()
    let now = 0
    const cache = new LookupCache(
      { expireAfterWriteMs: 100, expireAfterAccessMs: 30, keepsMisses: true },
      () => now,
    )
    for (now of [0, 20, 40, 60, 80, 99, 100, 129, 160]) await cache.get(1, ask(1))
    // Asked at first, when 100 ms old, and after 31 ms without use.
    expect(asked).toHaveLength(3)
  })

  test('are shared by all who ask for one key at once, also when nothing is kept', async () => {
    const { asked, ask } = table()
    const cache = new LookupCache(undefined, () => 0)
    await Promise.all([cache.get(1, ask(1)), cache.get(1, ask(1)), cache.get(2, ask(2))])
    await cache.get(1, ask(1))
    expect(asked).toEqual([1, 2, 1])
    expect(cache.size).toBe(0)
  })

  test('are asked for anew where what is known does not count', async () => {
    const { asked, ask } = table()
    const cache = new LookupCache({ keepsMisses: true }, () => 0)
    await cache.get(-1, ask(-1))
    await cache.get(-1, ask(-1), true)
    expect(asked).toEqual([-1, -1])
  })

  test('that failed are not kept', async () => {
    const cache = new LookupCache({ keepsMisses: true }, () => 0)
    await expect(cache.get(1, () => Promise.reject(new Error('down')))).rejects.toThrow('down')
    expect(await cache.get(1, async () => [[1]])).toEqual([[1]])
  })
})
