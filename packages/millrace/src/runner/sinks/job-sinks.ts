// The sinks of a job: where generated code writes, and the writers behind, once they are open.

import type { EpochTransaction } from '../../connector/epoch-transaction.ts'
import type { SinkGuarantee, SinkWriter } from '../../connector/sink.ts'
import type { SinkExec } from '../../compiler/nodes/changelog-exec.ts'
import type { Program } from '../../plan/program.ts'
import type { RunningSink } from '../../runtime/epochs.ts'
import type { RecoveredState } from '../../state/state-backend.ts'
import { MillraceError } from '../../types/errors.ts'
import type { RuntimePorts } from '../../types/ports.ts'
import { type CreatedSink, createSink } from '../create-connectors.ts'
import type { LetterSinks } from './letter-sinks.ts'
import { SINK_PRESSURE_BYTES, SinkGate } from './sink-gate.ts'

/** Two systems cannot both decide whether an epoch holds. */
export class TwoTransactionsError extends MillraceError {
  constructor(one: string, other: string) {
    super(
      'MR_PLAN_INVALID',
      `The program writes exactly once into two systems that each commit by themselves: ${one} and ${other}.`,
      {
        remedy:
          "Write to one of them with 'sink.delivery-guarantee' = 'at-least-once', or split the program in two.",
      },
    )
  }
}

/** A sink with what it promises. */
export interface OpenSink {
  readonly node: SinkExec
  readonly writer: SinkWriter
  readonly guarantee: SinkGuarantee
}

export interface JobSinksSettings {
  readonly nodes: readonly SinkExec[]
  readonly program: Program
  readonly ports: RuntimePorts
  readonly print: (line: string) => void
  /** Whether what they store outlives the process. */
  readonly isDurable: boolean
  /** Called while rows come although a sink holds too much. */
  readonly full: () => void
}

export class JobSinks {
  readonly #settings: JobSinksSettings
  readonly #gates: ReadonlyMap<SinkExec, SinkGate>
  readonly #running: { readonly id: string; readonly writer: SinkWriter }[] = []
  #letters: LetterSinks | undefined
  readonly #created: CreatedSink[] = []

  constructor(settings: JobSinksSettings) {
    this.#settings = settings
    this.#gates = new Map(settings.nodes.map(node => [node, new SinkGate(settings.full)]))
  }

  /** Where generated code writes the rows of a sink. */
  gate(node: SinkExec): Pick<SinkWriter, 'write'> {
    return this.#gates.get(node) as SinkGate
  }

  /**
   * Makes the writers, and those of dead letters. Gives the transaction that decides on epochs, when they write into one.
   *
   * @throws when into several
   */
  create(letters: LetterSinks): EpochTransaction | undefined {
    const { nodes, program, ports, print, isDurable } = this.#settings
    for (const node of nodes) {
      const created = createSink(node, program, ports, print, isDurable)
      const { writer } = created
      this.#created.push(created)
      ;(this.#gates.get(node) as SinkGate).writer = writer
      this.#running.push({ id: node.id, writer })
    }
    const [first, other] = new Set(this.#running.flatMap(s => s.writer.transaction ?? []))
    if (first && other) throw new TwoTransactionsError(first.system, other.system)
    letters.create(first)
    this.#letters = letters
    return first
  }

  /** Opens the writers as the last commit left them. */
  async open(recovered: RecoveredState | undefined): Promise<readonly RunningSink[]> {
    const { nodes } = this.#settings
    for (const created of this.#created) await created.prepare()
    for (const [i, { writer }] of this.#running.entries()) {
      const node = nodes[i] as SinkExec
      const state = recovered?.blobs.get(`sink/${node.id}`)
      const outboxes = (recovered?.outboxes ?? []).filter(o => o.sink === node.id)
      await writer.open({ ...(state && { state }), outboxes })
    }
    return [...this.#running, ...((await this.#letters?.open()) ?? [])]
  }

  get all(): readonly OpenSink[] {
    const { nodes, program } = this.#settings
    return this.#running.map(({ writer }, i) => {
      const node = nodes[i] as SinkExec
      const factory = program.connectors.sinks.get(node.table.connector)
      return { node, writer, guarantee: factory?.guarantee(node.table) ?? 'at-least-once' }
    })
  }

  /** Whether all that they write is in the transaction. */
  get areInTransaction(): boolean {
    return this.#running.every(s => s.writer.transaction !== undefined)
  }

  rowsWrittenTo(node: SinkExec): number {
    return this.#gates.get(node)?.rows ?? 0
  }

  get rowsWritten(): number {
    return [...this.#gates.values()].reduce((sum, g) => sum + g.rows, 0)
  }

  get bufferedBytes(): number {
    const ofLetters = this.#letters?.bufferedBytes ?? 0
    return this.#running.reduce((sum, s) => sum + s.writer.bufferedBytes, ofLetters)
  }

  /** Whether one of them wants an epoch to be cut though nothing has been read. */
  isCutDue(nowMs: number): boolean {
    return this.#running.some(({ writer }) => (writer.cutDueMs ?? Infinity) <= nowMs)
  }

  get troubles(): readonly string[] {
    return this.#running.flatMap(({ writer }) => writer.troubles ?? [])
  }

  /** The one that holds the most in memory. */
  get fullest(): { readonly name: string; readonly bytes: number } {
    const held = this.#running.map(({ writer }, i) => ({
      name: this.#settings.nodes[i]?.table.name ?? '',
      bytes: writer.bufferedBytes,
    }))
    return held.reduce((a, b) => (b.bytes > a.bytes ? b : a), { name: '', bytes: 0 })
  }

  /** Whether they hold so much that reading must pause. */
  get isPressed(): boolean {
    return this.bufferedBytes > SINK_PRESSURE_BYTES
  }

  async close(): Promise<void> {
    for (const { writer } of this.#running) await writer.close()
    await this.#letters?.close()
  }
}
