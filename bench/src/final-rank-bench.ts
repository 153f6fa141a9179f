// Top-N in batch mode: rows are kept in order and given out at the end, beside computing each change and keeping what is left of them.

import { FinalizeOperator } from '../../packages/millrace/src/runtime/operators/finalize-operator.ts'
import { createJoinKey } from '../../packages/millrace/src/runtime/operators/joins/join-key.ts'
import { FinalRankOperator } from '../../packages/millrace/src/runtime/operators/ranks/final-rank-operator.ts'
import { RankOperator } from '../../packages/millrace/src/runtime/operators/ranks/rank-operator.ts'
import { SourceClock, Timeline } from '../../packages/millrace/src/runtime/timeline.ts'
import { types } from '../../packages/millrace/src/types/data-type.ts'
import {
  INSERT,
  MAX_WATERMARK,
  type Row,
  type Value,
} from '../../packages/millrace/src/types/value.ts'
import type { BenchOptions } from './bench-options.ts'
import { type BenchResult, median } from './bench-result.ts'

const PARTITIONS = 1000
const LIMIT = 10

/** Rows a second into the ten greatest of each of 1,000 partitions, with their ranks. */
export async function finalRankBench({ quick, repetitions }: BenchOptions): Promise<BenchResult> {
  const rows = Array.from({ length: quick ? 50_000 : 500_000 }, (_, i): Row => {
    const mixed = Math.imul(i + 1, 0x9e3779b1) >>> 0
    return [i, mixed % PARTITIONS, mixed % 1_000_003]
  })
  for (const run of [atTheEnd, byChanges]) run(rows.slice(0, 20_000))
  const runs = Array.from({ length: repetitions }, () => {
    const [ours, changes] = [atTheEnd(rows), byChanges(rows)]
    if (ours.sum !== changes.sum) throw new Error('the results differ')
    return { ours: ours.rate, changes: changes.rate }
  })
  const ratios = runs.map(r => r.ours / r.changes)
  return {
    name: 'final-rank',
    ours: median(runs.map(r => r.ours)),
    peer: median(runs.map(r => r.changes)),
    unit: `rows/s of Top-${LIMIT} in batch mode`,
    ratio: median(ratios),
    target: 2,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    details: { rows: rows.length, partitions: PARTITIONS },
  }
}

interface Measured {
  readonly rate: number
  /** Of the ids that were given, by rank. */
  readonly sum: number
}

const identity = { kind: 'append' } as const

function settings() {
  const clock = new SourceClock()
  const timeline = new Timeline([], [])
  return {
    place: { id: 'bench', clock, timeline: () => timeline },
    key: createJoinKey([types.int], [true], row => [row[1] as Value]),
    rowTypes: [types.int, types.int, types.int],
    orderOf: (row: Row) => [row[2] as Value],
    compare: (a: Row, b: Row) => (b[0] as number) - (a[0] as number),
    identity,
    range: { function: 'row_number', from: 1, to: LIMIT } as const,
    withRank: true,
  }
}

function atTheEnd(rows: readonly Row[]): Measured {
  const ranks = new FinalRankOperator(settings())
  let sum = 0
  ranks.bind((_, row) => {
    sum += (row[0] as number) * (row[3] as number)
  })
  const before = performance.now()
  for (const row of rows) ranks.process(0, INSERT, row)
  ranks.advance(MAX_WATERMARK)
  return { rate: (rows.length / (performance.now() - before)) * 1000, sum }
}

function byChanges(rows: readonly Row[]): Measured {
  const ranks = new RankOperator({ ...settings(), emitsUpdateBefore: true })
  const whole = new FinalizeOperator({
    place: settings().place,
    rowTypes: [types.int, types.int, types.int, types.bigint],
    identity: { kind: 'row' },
  })
  let sum = 0
  ranks.bind((kind, row) => whole.process(0, kind, row))
  whole.bind((_, row) => {
    sum += (row[0] as number) * (row[3] as number)
  })
  const before = performance.now()
  for (const row of rows) ranks.process(0, INSERT, row)
  whole.advance(MAX_WATERMARK)
  return { rate: (rows.length / (performance.now() - before)) * 1000, sum }
}
