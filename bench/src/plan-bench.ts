// From the text of a 100-line query to its physical plan: warm, and first thing in a fresh process whose start does not count.

import { execFileSync } from 'node:child_process'
import { LONG_PROGRAM, LONG_QUERY } from '../parse/long-program.ts'
import type { BenchOptions } from './bench-options.ts'
import { type BenchResult, median } from './bench-result.ts'

const COLD = '--cold'
const WARM_LIMIT_MS = 5
const COLD_LIMIT_MS = 60

if (process.argv[2] === COLD) console.log(await firstPlanMs())

/** @throws {Error} when the query does not plan */
export async function planBench({ quick }: BenchOptions): Promise<BenchResult> {
  const plan = await planner()
  for (let i = 0; i < 200; i++) plan()
  const figures = Array.from({ length: quick ? 20 : 200 }, () => timed(plan))
  const cold = Array.from({ length: quick ? 3 : 9 }, () =>
    Number(execFileSync(process.execPath, [import.meta.filename, COLD], { encoding: 'utf8' })),
  )
  const ours = median(figures)
  return {
    name: 'plan',
    ours,
    unit: 'ms for a 100-line query',
    ratio: WARM_LIMIT_MS / ours,
    target: 1,
    spread: [Math.min(...figures), Math.max(...figures)],
    details: {
      lines: LONG_QUERY.split('\n').length,
      freshProcessMs: median(cold),
      freshProcessLimitMs: COLD_LIMIT_MS,
      warmLimitMs: WARM_LIMIT_MS,
    },
  }
}

async function firstPlanMs(): Promise<number> {
  return timed(await planner())
}

/** Processor time of this thread: what others do to the machine does not count. */
function timed(run: () => void): number {
  const before = process.threadCpuUsage()
  run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

/** Text to physical plan, by the sources: a program does no more before it compiles. */
async function planner(): Promise<() => void> {
  const { createConnectors, explainQueryPlan, loadScript } = await import(
    '../../packages/millrace/src/index.ts'
  )
  const { optimize } = await import('../../packages/millrace/src/optimizer/optimize.ts')
  const { PhysicalPlanner } = await import(
    '../../packages/millrace/src/compiler/planner/physical-planner.ts'
  )
  return () => {
    const script = loadScript(LONG_PROGRAM, { name: 'plan', connectors: createConnectors() })
    if (!script.query) throw new Error('there is no query')
    const { sinks, connectors } = explainQueryPlan(script.program, script.query.plan)
    new PhysicalPlanner('streaming', connectors).planProgram(optimize(sinks, { mode: 'streaming' }))
  }
}
