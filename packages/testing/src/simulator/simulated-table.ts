// A transactional table outside of the process: each transaction holds an epoch's changes and its number, so that an epoch that is
// applied twice is seen. It outlives crashes.

import type { Row, RowKindCode, SinkFactory, SinkWriter } from 'millrace'
import { InternalError } from 'millrace'
import type { SimulatedLife } from './simulated-life.ts'

export interface TableChange {
  readonly kind: RowKindCode
  readonly key: string
}

export class SimulatedTable {
  /** Rows by their texts, with how often each is there. */
  readonly rows = new Map<string, number>()
  /** The newest epoch that is in it. */
  epoch = 0
  /** Rows that were taken back without being there. */
  readonly broken: string[] = []

  /** One transaction. */
  apply(epoch: number, changes: readonly TableChange[]): void {
    if (epoch <= this.epoch) return
    this.epoch = epoch
    for (const { kind, key } of changes) {
      const count = (this.rows.get(key) ?? 0) + ((kind & 1) === 1 ? -1 : 1)
      if (count < 0) this.broken.push(key)
      if (count === 0) this.rows.delete(key)
      else this.rows.set(key, count)
    }
  }

  /** Its rows as sorted texts. */
  contents(): readonly string[] {
    return [...this.rows].flatMap(([key, n]) => new Array<string>(Math.max(0, n)).fill(key)).sort()
  }
}

/** The attachment of a `simulated-table` table. */
export interface SimulatedTableTarget {
  readonly table: SimulatedTable
  readonly life: SimulatedLife
  readonly textOf: (row: Row) => string
}

export const simulatedTableSink: SinkFactory = {
  connector: 'simulated-table',
  options: [],
  takesFormat: false,
  accepts: () => ['retract', 'append'],
  guarantee: () => 'exactly-once',
  create({ table }) {
    if (!table.attachment) throw new InternalError(`table "${table.name}" has no target attached`)
    return new TableWriter(table.attachment as SimulatedTableTarget)
  },
}

interface Cut {
  readonly epoch: number
  readonly changes: readonly TableChange[]
}

class TableWriter implements SinkWriter {
  appliedEpoch = 0
  readonly bufferedBytes = 0
  readonly #target: SimulatedTableTarget
  #open: TableChange[] = []
  readonly #cuts: Cut[] = []

  constructor(target: SimulatedTableTarget) {
    this.#target = target
  }

  async open({ outboxes }: Parameters<SinkWriter['open']>[0]): Promise<void> {
    for (const { epoch, bytes } of outboxes) {
      const changes = JSON.parse(new TextDecoder().decode(bytes)) as TableChange[]
      await this.#commit(epoch, changes)
    }
  }

  write(kind: RowKindCode, row: Row): void {
    this.#open.push({ kind, key: this.#target.textOf(row) })
  }

  cut(epoch: number): void {
    this.#cuts.push({ epoch, changes: this.#open })
    this.#open = []
  }

  async prepare(epoch: number): Promise<{ outbox?: Uint8Array }> {
    const { changes } = this.#cuts.find(c => c.epoch === epoch) as Cut
    return changes.length === 0 ? {} : { outbox: new TextEncoder().encode(JSON.stringify(changes)) }
  }

  async apply(epoch: number): Promise<void> {
    while (this.#cuts[0] && this.#cuts[0].epoch <= epoch) {
      const cut = this.#cuts.shift() as Cut
      if (cut.changes.length > 0) await this.#commit(cut.epoch, cut.changes)
    }
  }

  async #commit(epoch: number, changes: readonly TableChange[]): Promise<void> {
    const { table, life } = this.#target
    await life.act(`table ${epoch}`, () => table.apply(epoch, changes))
    this.appliedEpoch = epoch
  }

  async finish(): Promise<void> {}
  async close(): Promise<void> {}
}
