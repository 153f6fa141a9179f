// A log outside of the process that decides on epochs: a transaction holds an epoch's changes and its token, and whoever comes last
// fences those before. It outlives crashes. Replies can be lost: what was asked for has happened, or not.

import type { EpochTransaction, Row, RowKindCode, SinkFactory, SinkWriter } from 'millrace'
import { InternalError } from 'millrace'
import type { SimulatedLife } from './simulated-life.ts'
import type { SimulatedTable, TableChange } from './simulated-table.ts'

/** The log itself: committed transactions make the rows of a table. */
export class SimulatedLog {
  readonly table: SimulatedTable
  token: string | undefined
  /** Of whoever may write. */
  generation = 0
  #open: { readonly changes: TableChange[]; token?: string } = { changes: [] }
  #committed = 0

  constructor(table: SimulatedTable) {
    this.table = table
  }

  /** Ends what others have begun. Gives the generation to write with. */
  fence(): number {
    this.#open = { changes: [] }
    return ++this.generation
  }

  append(generation: number, changes: readonly TableChange[]): void {
    this.#check(generation)
    this.#open.changes.push(...changes)
  }

  stage(generation: number, token: string): void {
    this.#check(generation)
    this.#open.token = token
  }

  commit(generation: number): void {
    this.#check(generation)
    const { changes, token } = this.#open
    if (token === undefined) throw new InternalError('a transaction without token was committed')
    this.#open = { changes: [] }
    this.token = token
    this.table.apply(++this.#committed, changes)
  }

  #check(generation: number): void {
    if (generation !== this.generation) throw new InternalError('fenced')
  }
}

/** The attachment of a `simulated-log` table. */
export interface SimulatedLogTarget {
  readonly log: SimulatedLog
  readonly life: SimulatedLife
  readonly textOf: (row: Row) => string
}

export const simulatedLogSink: SinkFactory = {
  connector: 'simulated-log',
  options: [],
  takesFormat: false,
  accepts: () => ['retract', 'append'],
  guarantee: () => 'exactly-once',
  create({ table }) {
    if (!table.attachment) throw new InternalError(`table "${table.name}" has no log attached`)
    return new LogWriter(table.attachment as SimulatedLogTarget)
  },
}

class LogTransaction implements EpochTransaction {
  readonly system = 'the simulated log'
  readonly #target: SimulatedLogTarget
  generation = 0

  constructor(target: SimulatedLogTarget) {
    this.#target = target
  }

  async acquire(): Promise<void> {
    const { log, life } = this.#target
    this.generation = await life.act('log fence', () => log.fence())
  }

  decided(): Promise<string | undefined> {
    const { log, life } = this.#target
    return life.act('log decided', () => log.token)
  }

  async prepare({ token }: { readonly token: string }): Promise<void> {
    const { log, life } = this.#target
    await life.request('log stage', () => log.stage(this.generation, token))
  }

  async commit(): Promise<void> {
    const { log, life } = this.#target
    await life.request('log commit', () => log.commit(this.generation))
  }

  async release(): Promise<void> {}
}

class LogWriter implements SinkWriter {
  readonly appliedEpoch = 0
  readonly bufferedBytes = 0
  readonly transaction: LogTransaction
  readonly #target: SimulatedLogTarget
  #open: TableChange[] = []
  /** Cut, and not yet in the transaction. */
  #cut: TableChange[] = []

  constructor(target: SimulatedLogTarget) {
    this.#target = target
    this.transaction = new LogTransaction(target)
  }

  async open(): Promise<void> {}

  write(kind: RowKindCode, row: Row): void {
    this.#open.push({ kind, key: this.#target.textOf(row) })
  }

  cut(): void {
    this.#cut = this.#open
    this.#open = []
  }

  async prepare(): Promise<Record<string, never>> {
    const { log, life } = this.#target
    const { generation } = this.transaction
    await life.request('log append', () => log.append(generation, this.#cut))
    return {}
  }

  async apply(): Promise<void> {}
  async finish(): Promise<void> {}
  async close(): Promise<void> {}
}
