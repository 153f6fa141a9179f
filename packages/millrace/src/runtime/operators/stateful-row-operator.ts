// What row-based operators share: emission, counters, state tables, and telling the timeline of earlier deadlines.

import type { DeltaWriter } from '../../state/delta-format.ts'
import type { StateEntry } from '../../state/state-backend.ts'
import { InternalError } from '../../types/errors.ts'
import type { Row, RowKindCode } from '../../types/value.ts'
import { MAX_WATERMARK } from '../../types/value.ts'
import type { OperatorStats } from '../operator.ts'
import type { TimeSource, Timeline } from '../timeline.ts'
import type { EmitRow, RowOperator } from './row-operator.ts'
import type { CollectedTable, PutStored, StoredRow } from './state-table.ts'
import { RECALLED_PER_EPOCH } from './stored-entries.ts'
import { type Expiring, Expiry, type ExpirySettings, type TtlTime } from './state-ttl.ts'

/** Where an operator stands in its task. */
export interface OperatorPlace {
  readonly id: string
  readonly clock: TimeSource
  readonly timeline: () => Timeline
  /** By what idle state is dropped; undefined: it is kept. */
  readonly ttl?: TtlTime | undefined
}

/** Subclasses set `tables` and index the entries themselves. */
export abstract class StatefulRowOperator implements RowOperator {
  readonly id: string
  deadline = MAX_WATERMARK
  /** How far the output's watermark stays behind the input's, because rows leave with older times. */
  readonly outputDelayMs: number = 0
  protected recordsIn = 0
  protected late = 0
  protected readonly place: OperatorPlace
  protected tables: readonly CollectedTable[] = []
  /** Numbers entries in the order of their arrival. */
  protected nextId = 0
  /** Whether recovered entries are put back once their key is asked for: `process` then calls `recall` before it looks a key up. */
  protected recoversByKey = false
  #hasStored = false
  readonly #put: PutStored = stored => this.put(stored)
  readonly #expiries: Pick<Expiry<never>, 'expired' | 'sweep'>[] = []
  #recordsOut = 0
  #emit: EmitRow | undefined

  constructor(place: OperatorPlace) {
    this.id = place.id
    this.place = place
  }

  abstract process(input: number, kind: RowKindCode, row: Row): void

  /** Puts a stored entry back into the indexes. */
  protected abstract put(stored: StoredRow): void

  bind(emit: EmitRow): void {
    this.#emit = emit
  }

  protected give(kind: RowKindCode, row: Row): void {
    this.#recordsOut++
    if (!this.#emit) throw new InternalError(`${this.id} is not bound`)
    this.#emit(kind, row)
  }

  /** Lets entries of a kind expire, if state does. */
  protected expiring<E extends Expiring>(
    settings: Omit<ExpirySettings<E>, 'time'>,
    time = this.place.ttl,
  ): Expiry<E> | undefined {
    if (!time) return undefined
    const expiry = new Expiry<E>({ ...settings, time })
    this.#expiries.push(expiry)
    return expiry
  }

  /** Sees to it that `advance` is called at `time`. */
  protected expect(time: number): void {
    if (time >= this.deadline) return
    this.deadline = time
    this.place.timeline().lower(this)
  }

  /** Puts the recovered entries of a key back, where they are not yet. */
  protected recall(key: Row): void {
    if (!this.#hasStored) return
    for (const table of this.tables) table.recall(key, this.#put)
    this.#checkStored()
  }

  /** Keeps `nextId` beyond an id that was restored. */
  protected reserveId(id: number): void {
    if (id >= this.nextId) this.nextId = id + 1
  }

  advance(_watermark: number): void {}

  collect(writer: DeltaWriter): void {
    if (this.#hasStored) this.#recallSome()
    for (const expiry of this.#expiries) expiry.sweep()
    for (const table of this.tables) table.collect(writer)
  }

  restore(entry: StateEntry): void {
    const table = this.tables[entry.table]
    if (!table) throw new InternalError(`${this.id} has no state table ${entry.table}`)
    if (this.recoversByKey) {
      table.store(entry)
      this.#hasStored = true
    } else this.put(table.read(entry))
  }

  /** What may expire must come where sweeps see it, and a few entries must not keep the bytes of many. */
  #recallSome(): void {
    for (const table of this.tables)
      if (this.#expiries.length > 0 || table.stored?.isSparse)
        table.recallSome(RECALLED_PER_EPOCH, this.#put)
    this.#checkStored()
  }

  #checkStored(): void {
    this.#hasStored = this.tables.some(t => t.stored !== undefined)
  }

  restored(): void {}

  stats(): OperatorStats {
    let stateEntries = 0
    let stateBytes = 0
    for (const table of this.tables) {
      stateEntries += table.size
      stateBytes += table.bytes
    }
    return {
      id: this.id,
      recordsIn: this.recordsIn,
      recordsOut: this.#recordsOut,
      late: this.late,
      expired: this.#expiries.reduce((sum, e) => sum + e.expired, 0),
      stateEntries,
      stateBytes,
    }
  }
}
