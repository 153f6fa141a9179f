// All benchmarks: npm run bench -- [--only NAME]… [--events N] [--repetitions N] [--json FILE] [--quick] [--data FOLDER]
//
// Fails on errors (a run that fails, answers that differ), never on figures: those are for people to judge.

import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { type BenchOptions, readBenchOptions } from './bench-options.ts'
import { type BenchResult, printResults } from './bench-result.ts'
import { commitBench } from './commit-bench.ts'
import { finalRankBench } from './final-rank-bench.ts'
import { memoryBench } from './memory-bench.ts'
import { nexmarkBench } from './nexmark/nexmark-bench.ts'
import { NEXMARK_QUERIES } from './nexmark/nexmark-queries.ts'
import { planBench } from './plan-bench.ts'
import { recoveryBench } from './recovery-bench.ts'
import { startupBench } from './startup-bench.ts'
import { upsertSinkBench } from './upsert-sink-bench.ts'
import { windowsBench } from './windows-bench.ts'
import { stormBench } from './storm/storm-bench.ts'

type Benchmark = (options: BenchOptions) => Promise<BenchResult | undefined>

const BENCHMARKS = new Map<string, Benchmark>([
  ...NEXMARK_QUERIES.map((query): [string, Benchmark] => [
    `nexmark-${query}`,
    options => nexmarkBench(query, options),
  ]),
  ['startup', startupBench],
  ['plan', planBench],
  ['recovery', recoveryBench],
  ['memory', memoryBench],
  ['storm', stormBench],
  ['commit', commitBench],
  ['upsert-sink', upsertSinkBench],
  ['windows', windowsBench],
  ['final-rank', finalRankBench],
])

const options = readBenchOptions(process.argv.slice(2))
const chosen = [...BENCHMARKS].filter(
  ([name]) => options.only.length === 0 || options.only.some(o => name.includes(o)),
)
if (chosen.length === 0) {
  console.error(`No benchmark of that name. There are: ${[...BENCHMARKS.keys()].join(', ')}.`)
  process.exit(1)
}
const results: BenchResult[] = []
for (const [name, run] of chosen) {
  console.log(`${name} …`)
  const result = await run(options)
  if (result) results.push(result)
  else console.log(`${name}: cannot be measured here, left out`)
}
printResults(results)
if (options.json !== undefined) {
  const machine = { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model }
  const { quick, events, repetitions } = options
  const report = { machine, options: { quick, events, repetitions }, results }
  writeFileSync(options.json, `${JSON.stringify(report, undefined, 2)}\n`)
}
