// Updates of an upsert sink whose key is not the query's: the time of each must not grow with the rows that its key has.

import { MaterializeOperator } from '../../packages/millrace/src/runtime/operators/changelog/materialize-operator.ts'
import { createJoinKey } from '../../packages/millrace/src/runtime/operators/joins/join-key.ts'
import { SourceClock, Timeline } from '../../packages/millrace/src/runtime/timeline.ts'
import { types } from '../../packages/millrace/src/types/data-type.ts'
import {
  DELETE,
  INSERT,
  UPDATE_AFTER,
  UPDATE_BEFORE,
} from '../../packages/millrace/src/types/value.ts'
import type { Row, Value } from '../../packages/millrace/src/types/value.ts'
import type { BenchOptions } from './bench-options.ts'
import { type BenchResult, median } from './bench-result.ts'

/** Rows of the sink key beside those that are updated, few and many. */
const FEW = 100
const MANY = 100_000

/** The rate of 100,000 updates on one key that has 100,000 rows, beside that with 100 rows: the same work at best. */
export async function upsertSinkBench({ quick, repetitions }: BenchOptions): Promise<BenchResult> {
  const updates = quick ? 10_000 : 100_000
  for (const rows of [FEW, MANY]) updatesPerSecond(rows, updates)
  const runs = Array.from({ length: repetitions }, () => ({
    few: updatesPerSecond(FEW, updates),
    many: updatesPerSecond(MANY, updates),
  }))
  const ratios = runs.map(r => r.many / r.few)
  return {
    name: 'upsert-sink',
    ours: median(runs.map(r => r.many)),
    peer: median(runs.map(r => r.few)),
    unit: 'updates/s on one key',
    ratio: median(ratios),
    target: 0.5,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    details: { updates, rows: MANY, rowsCompared: FEW },
  }
}

function updatesPerSecond(rows: number, updates: number): number {
  const clock = new SourceClock()
  const timeline = new Timeline([], [])
  const operator = new MaterializeOperator({
    place: { id: 'bench', clock, timeline: () => timeline },
    sinkKey: createJoinKey([types.string], [true], row => [row[1] as Value]),
    identity: createJoinKey([types.bigint], [true], row => [row[0] as Value]),
    isUnique: true,
    rowTypes: [types.bigint, types.string, types.bigint],
  })
  let given = 0
  operator.bind(() => given++)
  const rowOf = (id: number, n: number): Row => [id, 'key', n]
  for (let id = 0; id < rows; id++) operator.process(0, INSERT, rowOf(id, 0))
  const before = performance.now()
  for (let i = 0; i < updates; i++) {
    // The oldest row is where a list would be searched longest from its end, the newest from its beginning.
    const id = i % 2 === 0 ? (i / 2) % rows : rows - 1 - ((i >> 1) % rows)
    operator.process(0, UPDATE_BEFORE, rowOf(id, 0))
    operator.process(0, UPDATE_AFTER, rowOf(id, i))
  }
  const seconds = (performance.now() - before) / 1000
  for (let id = 0; id < rows; id++) operator.process(0, DELETE, rowOf(id, 0))
  if (operator.stats().stateEntries !== 0) throw new Error('rows are left')
  if (given < rows + updates) throw new Error('rows are missing')
  return updates / seconds
}
