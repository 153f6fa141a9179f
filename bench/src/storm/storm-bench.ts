// How long a storm of retractions takes, durable: a million joined rows taken back and given anew, then half of them gone.

import type { BenchOptions } from '../bench-options.ts'
import { type BenchResult, median } from '../bench-result.ts'
import { runNode } from '../child-process.ts'
import type { StormMeasurement } from './run-storm.ts'
import { stormFiles, stormResult } from './storm-workload.ts'

const RUN = new URL('run-storm.ts', import.meta.url).pathname
const LIMIT_SECONDS = 60

/** @throws {Error} when the result is not the one computed by hand, or a row is taken back that is not there */
export async function stormBench({ quick, repetitions }: BenchOptions): Promise<BenchResult> {
  const orders = quick ? 20_000 : 1_000_000
  const { records } = await stormFiles(orders)
  const expected = stormResult(orders)
  const runs: StormMeasurement[] = []
  for (let i = 0; i < Math.min(repetitions, 3); i++) {
    const run = JSON.parse(await runNode([RUN, String(orders)])) as StormMeasurement
    if (run.rows.join() !== expected.join() || run.broken > 0)
      throw new Error(`the storm left ${run.rows.join()}, not ${expected.join()}`)
    runs.push(run)
  }
  const seconds = runs.map(r => r.wallMs / 1000)
  const ours = median(seconds)
  return {
    name: 'storm',
    ours,
    unit: `s for ${records.toLocaleString('en')} changes`,
    ratio: LIMIT_SECONDS / ours,
    target: 1,
    spread: [Math.min(...seconds), Math.max(...seconds)],
    details: {
      limitSeconds: LIMIT_SECONDS,
      orders,
      resultChanges: runs[0]?.changes,
      stateEntries: runs[0]?.stateEntries,
      peakRssMB: Math.round(Math.max(...runs.map(r => r.peakRssBytes)) / 1e6),
      cpuMs: median(runs.map(r => r.cpuMs)),
    },
  }
}
