// MATCH_RECOGNIZE on the engine against the search with backtracking: random patterns over random, disordered rows.
//
// MILLRACE_PLANS=20000 tries many more; MILLRACE_SEED=n tries one.

import { describe, expect, test } from 'vitest'
import { Choices, eventsOf, generateMatch, numbersOf } from '../../src/index.ts'
import { type CaseRun, generateCase, planText, runEngine, runReference } from './run-case.ts'

const PLANS = Number(process.env['MILLRACE_PLANS'] ?? 150)
const ONLY = process.env['MILLRACE_SEED']
const TIME_LIMIT_MS = 20_000 + PLANS * 200

const caseOf = (seed: number, mode: 'streaming' | 'batch') =>
  generateCase(new Choices(numbersOf(seed)), mode, undefined, (choices, [table]) =>
    generateMatch(choices, eventsOf(choices, table)),
  )

/** Compares one case; gives the number of matches. */
async function compare(seed: number, run: CaseRun): Promise<number> {
  const where = `seed ${seed}, ${run.mode}, batches of ${run.batchRecords}\n${planText(caseOf(seed, run.mode))}`
  const expected = runReference(caseOf(seed, run.mode), run.mode)
  const got = await runEngine(caseOf(seed, run.mode), run).catch(cause => {
    throw new Error(where, { cause })
  })
  expect(got, where).toEqual({ ...expected, broken: [] })
  return expected.rows.length
}

describe('MATCH_RECOGNIZE finds what a search of the whole history finds', () => {
  test.each([
    ['streaming', 1],
    ['streaming', 1000],
    ['batch', 7],
  ] as const)(
    'in %s mode, with batches of %i',
    async (mode, batchRecords) => {
      if (ONLY !== undefined)
        return void (await compare(Number(ONLY), { mode, batchRecords, epochMs: 1 }))
      let withMatches = 0
      for (let seed = 0; seed < PLANS; seed++)
        if ((await compare(seed, { mode, batchRecords, epochMs: 1 })) > 0) withMatches++
      expect(withMatches).toBeGreaterThan(PLANS / 4)
    },
    TIME_LIMIT_MS,
  )
})
