// The sink `memory`: hands committed changes to a callback of the program; `collect()` and `forEach` are made of it.

import type { SinkContext, SinkFactory, SinkWriter } from '../../connector/sink.ts'
import { MillraceError } from '../../types/errors.ts'
import type { RowKindCode, Row } from '../../types/value.ts'

/** The attachment of a `memory` sink table. */
export interface MemoryCollector {
  /** Called for each change in order, once its epoch is committed. A promise holds back the next change. */
  onChange(kind: RowKindCode, row: Row): void | Promise<void>
}

/** Delivers all kinds of changes, at least once across restarts. */
export const memorySink: SinkFactory = {
  connector: 'memory',
  options: [],
  takesFormat: false,
  accepts: () => ['retract', 'upsert', 'append'],
  guarantee: () => 'at-least-once',
  create: context => new MemoryWriter(collectorOf(context)),
}

function collectorOf({ table }: SinkContext): MemoryCollector {
  const attached = table.attachment as MemoryCollector | undefined
  if (typeof attached?.onChange !== 'function')
    throw new MillraceError('MR_OPTION_MISSING', `table "${table.name}" has no callback attached`, {
      remedy: 'A memory table is made by the TypeScript API, not by DDL.',
    })
  return attached
}

interface Changes {
  readonly kinds: RowKindCode[]
  readonly rows: Row[]
}

/** Rows have no known size; a guess is enough to bound how many wait. */
const BYTES_PER_VALUE = 16

class MemoryWriter implements SinkWriter {
  appliedEpoch = 0
  bufferedBytes = 0
  readonly #collector: MemoryCollector
  #open: Changes = { kinds: [], rows: [] }
  readonly #cuts: { readonly epoch: number; readonly changes: Changes }[] = []

  constructor(collector: MemoryCollector) {
    this.#collector = collector
  }

  async open(): Promise<void> {}

  write(kind: RowKindCode, row: Row): void {
    this.#open.kinds.push(kind)
    this.#open.rows.push(row)
    this.bufferedBytes += 32 + row.length * BYTES_PER_VALUE
  }

  cut(epoch: number): void {
    if (this.#open.rows.length === 0) return
    this.#cuts.push({ epoch, changes: this.#open })
    this.#open = { kinds: [], rows: [] }
  }

  async prepare(): Promise<object> {
    return {}
  }

  async apply(epoch: number): Promise<void> {
    while (this.#cuts[0] && this.#cuts[0].epoch <= epoch) {
      const { kinds, rows } = (this.#cuts.shift() as { changes: Changes }).changes
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i] as Row
        this.bufferedBytes -= 32 + row.length * BYTES_PER_VALUE
        const waiting = this.#collector.onChange(kinds[i] as RowKindCode, row)
        if (waiting) await waiting
      }
    }
    this.appliedEpoch = epoch
  }

  async finish(): Promise<void> {}
  async close(): Promise<void> {}
}
