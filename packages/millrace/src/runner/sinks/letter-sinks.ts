// Where a program's dead letters go, when a table or the program names a topic for them: sinks beside those of its statements.

import type { ExecNode } from '../../compiler/exec-node.ts'
import type { SinkExec } from '../../compiler/nodes/changelog-exec.ts'
import { type DeadLetter, LETTER_TOPIC, type LetterWriter } from '../../connector/dead-letter.ts'
import type { EpochTransaction } from '../../connector/epoch-transaction.ts'
import type { Program } from '../../plan/program.ts'
import type { RunningSink } from '../../runtime/epochs.ts'
import { MillraceError } from '../../types/errors.ts'
import type { RuntimePorts } from '../../types/ports.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import type { BadRecordPolicy } from '../bad-records.ts'

/** A topic is named, and no table of the program is in a system that keeps letters. */
export class NoLetterSystemError extends MillraceError {
  constructor(topic: string) {
    super(
      'MR_OPTION_INVALID',
      `SET '${LETTER_TOPIC}' = '${topic}' names a topic for dead letters, but the program has no table of a system with topics.`,
      { remedy: "Leave it out: the letters are then kept with the program's state." },
    )
  }
}

export interface LetterSinksSettings {
  readonly program: Program
  readonly ports: RuntimePorts
  readonly sources: readonly ExecNode[]
  readonly sinks: readonly SinkExec[]
  /** By the id of a source or another operator. */
  readonly policyOf: (id: string) => BadRecordPolicy
  /** False: letters go nowhere from here. */
  readonly writesLetters: boolean
}

export class LetterSinks {
  readonly #settings: LetterSinksSettings
  /** By the id of the source whose letters it takes. */
  readonly #bySource = new Map<string, LetterWriter>()
  /** Takes all that have no other: the program's. */
  #others: LetterWriter | undefined

  constructor(settings: LetterSinksSettings) {
    this.#settings = settings
  }

  /** Makes the writers. @param transaction that of the program's sinks, which the letters' join */
  create(transaction: EpochTransaction | undefined): void {
    const { sources, sinks, program, policyOf, writesLetters } = this.#settings
    if (!writesLetters) return
    const ofProgram = program.settings.options?.get(LETTER_TOPIC)
    for (const node of sources) {
      if (node.kind !== 'source' || policyOf(node.id) !== 'dead-letter') continue
      const own = node.table.options.get(LETTER_TOPIC)
      const topic = own ?? ofProgram
      const writer = topic && this.#writerFor(node.table, topic, transaction)
      if (!writer) continue
      this.#bySource.set(node.id, writer)
      if (own === undefined) this.#others ??= writer
    }
    if (ofProgram === undefined || policyOf('') !== 'dead-letter' || this.#others) return
    const read = sources.flatMap(node => (node.kind === 'source' ? [node.table] : []))
    for (const table of [...read, ...sinks.map(s => s.table)])
      this.#others ??= this.#writerFor(table, ofProgram, transaction)
    if (!this.#others) throw new NoLetterSystemError(ofProgram)
  }

  /** Writes a letter, if it belongs to a topic. */
  readonly take = (letter: DeadLetter): boolean => {
    const writer = this.#bySource.get(letter.operator) ?? this.#others
    writer?.write(letter)
    return writer !== undefined
  }

  async open(): Promise<readonly RunningSink[]> {
    for (const writer of this.#writers) await writer.open({ outboxes: [] })
    return this.#writers.map((writer, i) => ({ id: `$dead-letters/${i}`, writer }))
  }

  get bufferedBytes(): number {
    return this.#writers.reduce((sum, w) => sum + w.bufferedBytes, 0)
  }

  async close(): Promise<void> {
    for (const writer of this.#writers) await writer.close()
  }

  get #writers(): readonly LetterWriter[] {
    return [...new Set([...this.#bySource.values(), ...(this.#others ? [this.#others] : [])])]
  }

  #writerFor(
    table: TableDescriptor,
    topic: string,
    transaction: EpochTransaction | undefined,
  ): LetterWriter | undefined {
    const { program, ports } = this.#settings
    return program.connectors.sinks
      .get(table.connector)
      ?.createLetters?.({ table, topic, ports, program: program.name, transaction })
  }
}
