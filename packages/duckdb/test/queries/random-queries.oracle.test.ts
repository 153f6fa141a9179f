// Random queries over random data: streaming and batch mode, the reference evaluator and DuckDB give the same rows where none is late.
//
// MILLRACE_QUERIES=5000 tries many more, MILLRACE_SEED=n one; `npm run test:queries` runs as many as it is told.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DuckDBConnection } from '@duckdb/node-api'
import { createCase } from './query-case.ts'
import { compareAnswers, openDuck } from './run-query.ts'
import { describeCase, shrinkCase } from './shrink-case.ts'

const QUERIES = Number(process.env['MILLRACE_QUERIES'] ?? 300)
const ONLY = process.env['MILLRACE_SEED']

const seeds =
  ONLY === undefined ? Array.from({ length: QUERIES }, (_, seed) => seed) : [Number(ONLY)]

let duck: DuckDBConnection
beforeAll(async () => {
  duck = await openDuck()
})
afterAll(() => duck.closeSync())

test(
  'both modes, the reference and DuckDB agree on random queries, and changelogs are consistent',
  async () => {
    for (const seed of seeds) {
      const difference = await compareAnswers(createCase(seed), duck)
      if (!difference) continue
      const small = await shrinkCase(seed, difference, duck)
      const text = `seed ${seed}, ${small.difference.kind}\n${describeCase(small.made)}\n${small.difference.text}`
      expect.fail(text)
    }
  },
  30_000 + QUERIES * 500,
)
