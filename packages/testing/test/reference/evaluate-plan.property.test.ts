// The engine against the reference evaluator: random plans, random data, batches of one and of many.
//
// MILLRACE_PLANS=20000 tries many more; MILLRACE_SEED=n tries one.

import { expect, test } from 'vitest'
import { Choices, numbersOf } from '../../src/index.ts'
import { generateCase, planText, runEngine, runReference } from './run-case.ts'

const PLANS = Number(process.env['MILLRACE_PLANS'] ?? 300)
const ONLY = process.env['MILLRACE_SEED']
const SEEDS = ONLY === undefined ? Array.from({ length: PLANS }, (_, i) => i) : [Number(ONLY)]
const EPOCHS_MS = [0, 1, 200]

test(
  'gives the rows that the reference gives, whatever the size of batches',
  async () => {
    for (const seed of SEEDS) {
      const made = () => generateCase(new Choices(numbersOf(seed)), 'streaming')
      const expected = runReference(made(), 'streaming')
      for (const batchRecords of [1, 1000]) {
        const epochMs = EPOCHS_MS[seed % EPOCHS_MS.length] as number
        const run = { mode: 'streaming', batchRecords, epochMs } as const
        const { rows, late, broken } = await runEngine(made(), run).catch(error => {
          throw new Error(`seed ${seed}\n${planText(made())}`, { cause: error })
        })
        const where = `seed ${seed}, batches of ${batchRecords}\n${planText(made())}`
        expect({ rows, late, broken }, where).toEqual({ ...expected, broken: [] })
      }
    }
  },
  PLANS * 200 + 10_000,
)
