// 200 seeds through crashes, power cuts, failing disks and stops. `npm run test:sim -- --seeds N --from S` runs more.

import { setProgramHost } from 'millrace'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FOUND_SEEDS, runSeed, type SeedResult } from '../../src/index.ts'

const SEEDS = 200

describe('the simulator', () => {
  const results: SeedResult[] = []

  // What programs say of lost disks would be most of what the tests print.
  beforeAll(() => setProgramHost({ notice: () => {} }))
  afterAll(() => setProgramHost(undefined))

  test('loses nothing and doubles nothing, whatever fails', async () => {
    const seeds = [
      ...FOUND_SEEDS.map(f => f.seed),
      ...Array.from({ length: SEEDS }, (_, i) => 10_000 + i),
    ]
    for (const seed of seeds) {
      const result = await runSeed(seed)
      results.push(result)
      expect(result.problems, `seed ${seed}\n${result.plan}`).toEqual([])
    }
  }, 120_000)

  test('ends most lives in the middle of something', () => {
    const cut = results.flatMap(r => r.ends).filter(e => e.how === 'crash' || e.how === 'power-cut')
    expect(cut.length).toBeGreaterThan(SEEDS / 2)
    expect(new Set(cut.map(e => e.phase)).size).toBeGreaterThanOrEqual(8)
  })

  test('does the same again for the same seed', async () => {
    for (const { seed, hash } of results.slice(0, 20)) expect((await runSeed(seed)).hash).toBe(hash)
    expect(new Set(results.map(r => r.hash)).size).toBe(new Set(results.map(r => r.seed)).size)
  })
})
