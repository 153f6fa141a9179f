// npm run test:queries -- [--cases N] [--from S]: random queries on the engine, the reference and DuckDB; prints the smallest form of those that differ.

import { parseArgs } from 'node:util'
import { createCase } from '../../packages/duckdb/test/queries/query-case.ts'
import { compareAnswers, openDuck } from '../../packages/duckdb/test/queries/run-query.ts'
import { describeCase, shrinkCase } from '../../packages/duckdb/test/queries/shrink-case.ts'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000' },
    from: { type: 'string', default: '0' },
    most: { type: 'string', default: '10' },
  },
})
const from = Number(values.from)
const duck = await openDuck()
const found = new Map<string, number>()
let shown = 0
for (let seed = from; seed < from + Number(values.cases); seed++) {
  const made = createCase(seed)
  const difference = await compareAnswers(made, duck)
  const kind = difference ? difference.kind : 'equal'
  found.set(kind, (found.get(kind) ?? 0) + 1)
  if (!difference || shown >= Number(values.most)) continue
  shown++
  const { made: small, difference: smallest } = await shrinkCase(seed, difference, duck)
  console.log(`seed ${seed}, ${smallest.kind}\n${describeCase(small)}\n  ${smallest.text}\n`)
}
console.log([...found].map(([kind, n]) => `${n} ${kind}`).join(', '))
process.exitCode = found.size === 1 && found.has('equal') ? 0 : 1
