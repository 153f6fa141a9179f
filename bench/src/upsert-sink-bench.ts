// Updates of an upsert sink whose key is not the query's: the time of each must not grow with the rows that its key has, as it does
// where these are in a list.

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
import type { Row, RowKindCode, Value } from '../../packages/millrace/src/types/value.ts'
import type { BenchOptions } from './bench-options.ts'
import { type BenchResult, median } from './bench-result.ts'

/** Rows that one key of the sink has, few and many. */
const FEW = 100
const MANY = 100_000
/** Of the list, which takes about as long for one as ours for thousands. */
const LIST_UPDATES = 300

/** Updates a second on one key that has 100,000 rows, beside a list of these rows, as Flink's SinkUpsertMaterializer keeps them. */
export async function upsertSinkBench({ quick, repetitions }: BenchOptions): Promise<BenchResult> {
  const updates = quick ? 10_000 : 100_000
  for (const rows of [FEW, MANY]) updatesPerSecond(new Ours(), rows, updates)
  const runs = Array.from({ length: repetitions }, () => ({
    few: updatesPerSecond(new Ours(), FEW, updates),
    many: updatesPerSecond(new Ours(), MANY, updates),
    list: updatesPerSecond(new RowList(), MANY, LIST_UPDATES),
  }))
  const ratios = runs.map(r => r.many / r.list)
  return {
    name: 'upsert-sink',
    ours: median(runs.map(r => r.many)),
    peer: median(runs.map(r => r.list)),
    unit: `updates/s of a key with ${MANY} rows`,
    ratio: median(ratios),
    target: 50,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    details: { updates, rows: MANY, fewRows: FEW, updatesOfFewRows: median(runs.map(r => r.few)) },
  }
}

/** What keeps the rows of a sink's keys, and gives the changes that the sink takes. */
interface Materializer {
  readonly given: number
  readonly left: number
  process(kind: RowKindCode, row: Row): void
}

function updatesPerSecond(sink: Materializer, rows: number, updates: number): number {
  const rowOf = (id: number, n: number): Row => [id, 'key', n]
  // Versions, for -U and -D carry the row as it was last.
  const version = new Int32Array(rows)
  for (let id = 0; id < rows; id++) sink.process(INSERT, rowOf(id, 0))
  const before = performance.now()
  for (let i = 1; i <= updates; i++) {
    // From both ends: a list is searched from one of them.
    const id = i % 2 === 0 ? (i >> 1) % rows : rows - 1 - ((i >> 1) % rows)
    sink.process(UPDATE_BEFORE, rowOf(id, version[id] ?? 0))
    version[id] = i
    sink.process(UPDATE_AFTER, rowOf(id, i))
  }
  const seconds = (performance.now() - before) / 1000
  // Of the list only some: all would take minutes.
  const removed = sink instanceof Ours ? rows : Math.min(rows, updates)
  for (let id = 0; id < removed; id++) sink.process(DELETE, rowOf(id, version[id] ?? 0))
  if (sink.left !== rows - removed) throw new Error(`${sink.left} rows are left`)
  if (sink.given < rows + updates) throw new Error('changes are missing')
  return updates / seconds
}

class Ours implements Materializer {
  given = 0
  readonly #operator: MaterializeOperator

  constructor() {
    const clock = new SourceClock()
    const timeline = new Timeline([], [])
    this.#operator = new MaterializeOperator({
      place: { id: 'bench', clock, timeline: () => timeline },
      sinkKey: createJoinKey([types.string], [true], row => [row[1] as Value]),
      identity: createJoinKey([types.bigint], [true], row => [row[0] as Value]),
      isUnique: true,
      rowTypes: [types.bigint, types.string, types.bigint],
    })
    this.#operator.bind(() => this.given++)
  }

  get left(): number {
    return this.#operator.stats().stateEntries
  }

  process(kind: RowKindCode, row: Row): void {
    this.#operator.process(0, kind, row)
  }
}

/** The rows of each key in the order of arrival, searched from the first. @see Flink's SinkUpsertMaterializer, FLIP-544 */
class RowList implements Materializer {
  given = 0
  readonly #rows = new Map<Value, Row[]>()

  get left(): number {
    let count = 0
    for (const rows of this.#rows.values()) count += rows.length
    return count
  }

  process(kind: RowKindCode, row: Row): void {
    const key = row[1] as Value
    const rows = this.#rows.get(key) ?? []
    this.#rows.set(key, rows)
    // An insertion is known to be new.
    const at = kind === INSERT ? -1 : rows.findIndex(r => r[0] === row[0])
    if (kind === INSERT || kind === UPDATE_AFTER) {
      if (at >= 0) rows[at] = row
      else rows.push(row)
      this.given++
      return
    }
    if (at < 0) return
    const wasShown = at === rows.length - 1
    rows.splice(at, 1)
    if (wasShown) this.given++
  }
}
