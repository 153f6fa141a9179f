// Reads of durable state: the unfolded part of the log over the runs of the base.

import { encodeFullKey, encodeRange, sliceId } from '../../state/delta-format.ts'
import { compareBytes } from '../../state/key-codec.ts'
import type { StateEntry, StateKey, StateRange } from '../../state/state-backend.ts'
import { type BaseStore, readRuns } from './base-store.ts'
import type { CommitLog } from './commit-log.ts'
import { type Pace, sortDeltas } from './sorted-deltas.ts'
import { scanEntries } from './state-scan.ts'
import { TailIndex } from './tail-index.ts'

/** What it reads is the state as of the last durable commit when a read starts. */
export class StateReader {
  readonly #log: CommitLog
  readonly #base: BaseStore
  readonly #pace: () => Pace
  readonly #tailIndexes = new Map<string, TailIndex>()

  constructor(log: CommitLog, base: BaseStore, pace: () => Pace) {
    this.#log = log
    this.#base = base
    this.#pace = pace
  }

  async *scan(operator: string, range?: StateRange): AsyncGenerator<readonly StateEntry[]> {
    const prefix = range ? encodeRange(range) : new Uint8Array()
    const deltas = this.#log.deltasOf(operator)
    const runs = this.#base.retain()
    try {
      const tail = deltas.length > 0 ? [await sortDeltas(deltas, this.#pace(), prefix)] : []
      const sources = runs.map(r => r.scan(operator, prefix)).filter(s => s !== undefined)
      yield* scanEntries([...tail, ...sources])
    } finally {
      for (const run of runs) await run.release()
    }
  }

  async readMany(operator: string, keys: readonly StateKey[]): Promise<(Uint8Array | undefined)[]> {
    const values: (Uint8Array | undefined)[] = new Array(keys.length).fill(undefined)
    const tail = this.#tailIndex(operator)
    const runs = this.#base.retain()
    try {
      const open: { index: number; key: Uint8Array }[] = []
      for (const [index, stateKey] of keys.entries()) {
        const key = encodeFullKey(stateKey)
        const value = tail.get(key)
        if (value === undefined) open.push({ index, key })
        else values[index] = value ?? undefined
      }
      open.sort((a, b) => compareBytes(a.key, b.key))
      const sorted = open.map(o => o.key)
      await readRuns(runs, operator, sorted, isInSlices, (at, value) => {
        values[(open[at] as { index: number }).index] = value
      })
      return values
    } finally {
      for (const run of runs) await run.release()
    }
  }

  /** Drops what was indexed of segments that are folded now. */
  forget(): void {
    this.#tailIndexes.clear()
  }

  #tailIndex(operator: string): TailIndex {
    const index = this.#tailIndexes.get(operator) ?? new TailIndex()
    this.#tailIndexes.set(operator, index)
    index.update(this.#log.deltasOf(operator))
    return index
  }
}

function isInSlices(fullKey: Uint8Array, slices: ReadonlySet<string>): boolean {
  const slice = slices.size > 0 ? sliceId(fullKey, 0) : undefined
  return slice !== undefined && slices.has(slice)
}
