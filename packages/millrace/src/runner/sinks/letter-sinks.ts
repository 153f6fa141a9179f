// The sinks of a job's dead letters, where topics are named for them: beside those of its statements, and with the same epochs.

import type { ExecNode } from '../../compiler/exec-node.ts'
import type { SinkExec } from '../../compiler/nodes/changelog-exec.ts'
import { type DeadLetter, LETTER_TOPIC, type LetterWriter } from '../../connector/dead-letter.ts'
import type { EpochTransaction } from '../../connector/epoch-transaction.ts'
import { letterPlaces } from '../../connector/letter-places.ts'
import type { Program } from '../../plan/program.ts'
import type { RunningSink } from '../../runtime/epochs.ts'
import { MillraceError } from '../../types/errors.ts'
import type { RuntimePorts } from '../../types/ports.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'

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
  /** False: letters go nowhere from here. */
  readonly writesLetters: boolean
}

export class LetterSinks {
  readonly #settings: LetterSinksSettings
  readonly #writers: LetterWriter[] = []
  /** By the id of the source whose letters it takes. */
  readonly #bySource = new Map<string, LetterWriter>()
  #ofProgram: LetterWriter | undefined

  constructor(settings: LetterSinksSettings) {
    this.#settings = settings
  }

  /** Makes the writers. @param transaction that of the program's sinks, which the letters' join */
  create(transaction: EpochTransaction | undefined): void {
    const { sources, sinks, program, ports, writesLetters } = this.#settings
    if (!writesLetters) return
    const { options } = program.settings
    const nodes = sources.filter(node => node.kind === 'source')
    const tables = {
      read: [...new Set(nodes.map(node => node.table))],
      written: sinks.map(s => s.table),
    }
    const factoryOf = ({ connector }: TableDescriptor) => program.connectors.sinks.get(connector)
    const places = letterPlaces(tables, options, t => factoryOf(t)?.createLetters !== undefined)
    for (const { table, topic, isOfTable, isOfProgram } of places) {
      const context = { table, topic, ports, program: program.name, transaction }
      const writer = factoryOf(table)?.createLetters?.(context)
      if (!writer) continue
      this.#writers.push(writer)
      if (isOfProgram) this.#ofProgram = writer
      if (isOfTable)
        for (const node of nodes.filter(n => n.table === table)) this.#bySource.set(node.id, writer)
    }
    const wanted = options?.get(LETTER_TOPIC)
    if (wanted !== undefined && places.length === 0 && !this.#areRefused)
      throw new NoLetterSystemError(wanted)
  }

  /** Writes a letter, if it belongs to a topic. */
  readonly take = (letter: DeadLetter): boolean => {
    const writer = this.#bySource.get(letter.operator) ?? this.#ofProgram
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

  /** The program keeps no letters: records that cannot be processed end it, or are skipped. */
  get #areRefused(): boolean {
    const policy = this.#settings.program.settings.options?.get('bad-records')
    return policy !== undefined && policy !== 'dead-letter'
  }
}
