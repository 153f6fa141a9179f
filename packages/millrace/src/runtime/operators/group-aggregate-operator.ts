// GROUP BY without a window: one entry of accumulators per key. The per-row function is generated; this keeps its state.

import type { DeltaWriter } from '../../state/delta-format.ts'
import type { StateEntry } from '../../state/state-backend.ts'
import { MAX_WATERMARK } from '../../types/value.ts'
import type { Operator, OperatorStats } from '../operator.ts'
import { KeyedTable, type TableEntry, type TableLayout } from './keyed-table.ts'
import type { TtlTime } from './state-ttl.ts'

export class GroupAggregateOperator<E extends TableEntry> implements Operator {
  readonly id: string
  /** Batch mode emits at the end of the input, as does a global aggregate of no rows. */
  deadline: number
  #table: KeyedTable<E> | undefined
  /** Counted by generated code. */
  recordsIn = 0
  recordsOut = 0
  readonly #emitsAtEnd: boolean
  readonly #ttl: TtlTime | undefined
  #emitFinal: ((entry: E) => void) | undefined
  #emptyEntry: (() => E) | undefined
  #ended = false

  /** @param ttl by what keys without rows are forgotten; absent: they are kept */
  constructor(id: string, emitsAtEnd: boolean, ttl?: TtlTime) {
    this.id = id
    this.#ttl = ttl
    this.#emitsAtEnd = emitsAtEnd
    this.deadline = emitsAtEnd ? MAX_WATERMARK : Number.POSITIVE_INFINITY
  }

  /** @param emptyEntry the entry of a global aggregate that has seen no row */
  bind(layout: TableLayout<E>, emitFinal?: (entry: E) => void, emptyEntry?: () => E): void {
    this.#table = new KeyedTable(layout, this.#ttl)
    this.#emitFinal = emitFinal
    this.#emptyEntry = emptyEntry
  }

  get table(): KeyedTable<E> {
    return this.#table as KeyedTable<E>
  }

  advance(watermark: number): void {
    if (!this.#emitsAtEnd || this.#ended || watermark < MAX_WATERMARK) return
    this.#ended = true
    if (this.table.size === 0 && this.#emptyEntry) this.#emitFinal?.(this.#emptyEntry())
    for (const entry of this.table.values()) this.#emitFinal?.(entry)
  }

  collect(writer: DeltaWriter): void {
    this.table.collect(writer)
  }

  restore(entry: StateEntry): void {
    this.table.restore(entry)
  }

  restored(): void {}

  stats(): OperatorStats {
    const stateEntries = this.table.size
    return {
      id: this.id,
      recordsIn: this.recordsIn,
      recordsOut: this.recordsOut,
      late: 0,
      expired: this.table.expiry?.expired ?? 0,
      stateEntries,
      stateBytes: stateEntries * 64,
    }
  }
}
