// A log outside of the process that decides on epochs: a transaction holds an epoch's changes and its token, and whoever comes last
// fences those before. It outlives crashes. Replies can be lost: what was asked for has happened, or not.

import type {
  EpochTransaction,
  OpenChangelog,
  Row,
  RowKindCode,
  SinkFactory,
  SinkWriter,
  StateChange,
  StateChangelog,
} from 'millrace'
import { InternalError } from 'millrace'
import type { SimulatedLife } from './simulated-life.ts'
import type { SimulatedTable, TableChange } from './simulated-table.ts'

interface Transaction {
  readonly changes: TableChange[]
  readonly state: StateChange[]
  token?: string
}

/** The log itself: committed transactions make the rows of a table. */
export class SimulatedLog {
  readonly table: SimulatedTable
  token: string | undefined
  /** Of whoever may write. */
  generation = 0
  #open: Transaction = { changes: [], state: [] }
  #committed = 0
  /** Changes of state, with where they stand. */
  #state: (StateChange & { readonly at: number })[] = []
  #end = 0

  constructor(table: SimulatedTable) {
    this.table = table
  }

  /** Ends what others have begun. Gives the generation to write with. */
  fence(): number {
    this.#open = { changes: [], state: [] }
    // Now and then it is compacted: of each key the last change stays, where it stands.
    if (this.generation % 2 === 1) this.#compact()
    return ++this.generation
  }

  get end(): number {
    return this.#end
  }

  /** Committed changes of state, oldest first. */
  get state(): readonly StateChange[] {
    return this.#state
  }

  appendState(generation: number, changes: readonly StateChange[]): void {
    this.#check(generation)
    this.#open.state.push(...changes)
  }

  /** Commits changes of state alone. */
  commitPart(generation: number): void {
    this.#check(generation)
    this.#keepState()
    this.#open = { changes: [], state: [] }
  }

  dropBefore(at: number): void {
    this.#state = this.#state.filter(c => c.at >= at)
  }

  #keepState(): void {
    for (const change of this.#open.state) this.#state.push({ ...change, at: this.#end++ })
  }

  #compact(): void {
    const last = new Map(this.#state.map(c => [String(c.key), c]))
    this.#state = this.#state.filter(c => last.get(String(c.key)) === c && c.value)
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
    this.#keepState()
    this.#open = { changes: [], state: [] }
    this.token = token
    this.table.apply(++this.#committed, changes)
  }

  #check(generation: number): void {
    if (generation !== this.generation) throw new InternalError('fenced')
  }
}

const READ_CHANGES = 50

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
  #changelog: LogChangelog | undefined
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

  changelog(): LogChangelog {
    this.#changelog ??= new LogChangelog(this.#target, () => this.generation)
    return this.#changelog
  }

  async prepare({ token }: { readonly token: string }): Promise<void> {
    const { log, life } = this.#target
    await this.#changelog?.flush()
    await life.request('log stage', () => log.stage(this.generation, token))
  }

  async commit(): Promise<void> {
    const { log, life } = this.#target
    await life.request('log commit', () => log.commit(this.generation))
  }

  async release(): Promise<void> {}
}

class LogChangelog implements StateChangelog {
  readonly place = 'the simulated log'
  readonly #target: SimulatedLogTarget
  readonly #generation: () => number
  #unsent: StateChange[] = []

  constructor(target: SimulatedLogTarget, generation: () => number) {
    this.#target = target
    this.#generation = generation
  }

  open(): Promise<OpenChangelog> {
    const { log, life } = this.#target
    return life.act('changelog open', () => ({ identity: 'log', end: log.end }))
  }

  async *read(): AsyncGenerator<readonly StateChange[]> {
    const { log, life } = this.#target
    const { state } = log
    for (let i = 0; i < state.length; i += READ_CHANGES)
      yield await life.act('changelog read', () => state.slice(i, i + READ_CHANGES))
  }

  append(key: Uint8Array, value: Uint8Array | undefined): void {
    this.#unsent.push({ key: key.slice(), value: value?.slice() })
  }

  async flush(): Promise<void> {
    const { log, life } = this.#target
    const changes = this.#unsent
    this.#unsent = []
    await life.request('changelog append', () => log.appendState(this.#generation(), changes))
  }

  async commitPart(): Promise<void> {
    const { log, life } = this.#target
    await this.flush()
    await life.request('changelog commit', () => log.commitPart(this.#generation()))
  }

  async dropBefore(position: unknown): Promise<void> {
    const { log, life } = this.#target
    await life.act('changelog drop', () => log.dropBefore(position as number))
  }
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
