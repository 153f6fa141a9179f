// Epochs: the unit of commit. Between two batches an epoch is cut; making it durable overlaps with the next one's processing.
//
//   cut(e) ─► sinks.prepare(e) ─► backend.commit(e) ─► sinks.apply(e) ─► trimmed by a later commit
//   sync      └──────────────────── in flight, one epoch at a time ────────────────────┘
//
// Where a system outside decides whether an epoch holds, its transaction is prepared before the commit and committed behind it,
// and the sinks apply only then.

import type { PreparedEpoch, SinkWriter } from '../connector/sink.ts'
import { DeltaWriter } from '../state/delta-format.ts'
import type {
  BlobChange,
  EpochCommit,
  OperatorDelta,
  Outbox,
  OutboxTrim,
  StateBackend,
} from '../state/state-backend.ts'
import type { Clock } from '../types/ports.ts'
import type { Operator } from './operator.ts'
import { RecentEpochs } from './recent-epochs.ts'

export interface RunningSink {
  readonly id: string
  readonly writer: Omit<SinkWriter, 'write' | 'read'>
}

/** An epoch that a system outside decides on. */
export interface DecidedEpoch {
  /** What the commit says of it. */
  readonly blobs: readonly BlobChange[]
  /** Called once the sinks have prepared, with what is then committed. */
  prepare(commit: EpochCommit): Promise<void>
  /** Called once the commit is durable: makes the epoch hold. */
  commit(): Promise<void>
}

/** Begins the epoch that is being cut. */
export interface EpochDecisions {
  /** Changes of state must name each key that is gone: a changelog takes them. */
  readonly namesKeys: boolean
  begin(epoch: number): DecidedEpoch
}

export interface EpochsSettings {
  readonly operators: readonly Operator[]
  readonly sinks: readonly RunningSink[]
  /** Absent: nothing outlives the process. */
  readonly backend: StateBackend | undefined
  /** Absent: an epoch holds once it is committed. */
  readonly decisions?: EpochDecisions | undefined
  readonly clock: Clock
  /** Called at the cut; what it gives is called once the epoch holds. */
  readonly noteRead: () => () => void
  /** Positions and watermarks of the sources, as of now. */
  readonly storeSources: () => readonly BlobChange[]
  readonly lastEpoch: number
  readonly failpoint: (name: string) => void
}

/** What was cut, on its way to being durable. */
interface CutEpoch {
  readonly epoch: number
  readonly deltas: readonly OperatorDelta[]
  readonly blobs: readonly BlobChange[]
  readonly decided: DecidedEpoch | undefined
  readonly tellSources: () => void
  readonly startedAt: number
  /** When all had been cut. */
  readonly cutAt: number
}

export class Epochs {
  readonly #settings: EpochsSettings
  readonly #trimmed = new Map<string, number>()
  readonly #writer: DeltaWriter
  #inFlight: Promise<void> | undefined
  #failure: unknown
  #epoch: number
  #cutAt = 0
  readonly recent = new RecentEpochs()

  constructor(settings: EpochsSettings) {
    this.#settings = settings
    this.#writer = new DeltaWriter(1 << 16, settings.decisions?.namesKeys)
    this.#epoch = settings.lastEpoch
  }

  get epoch(): number {
    return this.#epoch
  }

  /** Whether the epoch before is still on its way to being durable. */
  get isBusy(): boolean {
    return this.#inFlight !== undefined
  }

  /** For how long the epoch in flight has been; undefined: none is. */
  get busyMs(): number | undefined {
    return this.#inFlight && this.#settings.clock.monotonic() - this.#cutAt
  }

  /** Cuts an epoch and starts making it durable; waits first for the one before. @throws what made an epoch fail */
  async close(final = false): Promise<void> {
    await this.settle()
    const { operators, sinks, clock, storeSources } = this.#settings
    const startedAt = clock.monotonic()
    this.#cutAt = startedAt
    const epoch = ++this.#epoch
    const deltas: OperatorDelta[] = []
    for (const operator of operators) {
      operator.collect(this.#writer)
      if (this.#writer.entries > 0)
        deltas.push({ operator: operator.id, bytes: this.#writer.take() })
    }
    const decided = this.#settings.decisions?.begin(epoch)
    const blobs = [...storeSources(), ...(decided?.blobs ?? [])]
    const tellSources = this.#settings.noteRead()
    for (const { writer } of sinks) writer.cut(epoch, final)
    this.#settings.failpoint('epoch-cut')
    const cutAt = clock.monotonic()
    const cut = { epoch, deltas, blobs, decided, tellSources, startedAt, cutAt }
    this.#inFlight = this.#finish(cut).then(
      () => {
        this.#inFlight = undefined
      },
      error => {
        this.#inFlight = undefined
        this.#failure = error
      },
    )
  }

  /** Waits for the epoch in flight. @throws what made it fail */
  async settle(): Promise<void> {
    await this.#inFlight
    this.check()
  }

  /** @throws what made an epoch fail */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure
  }

  /** The last epoch of a run: all sinks apply everything, and their outboxes are trimmed. */
  async finish(inputEnded: boolean): Promise<void> {
    await this.close(inputEnded)
    await this.settle()
    for (const { writer } of this.#settings.sinks) await writer.finish()
    if (this.#settings.sinks.some(s => this.#trimOf(s))) {
      await this.close()
      await this.settle()
    }
  }

  async #finish(cut: CutEpoch): Promise<void> {
    const { epoch, deltas, blobs, decided, tellSources, startedAt, cutAt } = cut
    const { sinks, backend, clock, failpoint } = this.#settings
    const trims = sinks.map(s => this.#trimOf(s)).filter(t => t !== undefined)
    const prepared = await Promise.all(sinks.map(s => s.writer.prepare(epoch)))
    const allBlobs: BlobChange[] = [...blobs]
    const outboxes: Outbox[] = []
    prepared.forEach(({ state, outbox }: PreparedEpoch, i) => {
      const { id } = sinks[i] as RunningSink
      if (state) allBlobs.push({ name: `sink/${id}`, bytes: state })
      if (outbox) outboxes.push({ sink: id, bytes: outbox })
    })
    const isProvisional = decided !== undefined
    const commit = { epoch, deltas, blobs: allBlobs, outboxes, trims, isProvisional }
    await decided?.prepare(commit)
    failpoint('epoch-prepared')
    const preparedAt = clock.monotonic()
    await backend?.commit(commit)
    for (const { sink, appliedEpoch } of trims) this.#trimmed.set(sink, appliedEpoch)
    failpoint('epoch-committed')
    if (decided) {
      await decided.commit()
      failpoint('epoch-decided')
      backend?.confirm(epoch)
    }
    const committedAt = clock.monotonic()
    for (const { writer } of sinks) await writer.apply(epoch)
    tellSources()
    failpoint('epoch-applied')
    const appliedAt = clock.monotonic()
    this.recent.add({
      epoch,
      atMs: clock.now(),
      durationMs: appliedAt - startedAt,
      cutMs: cutAt - startedAt,
      prepareMs: preparedAt - cutAt,
      commitMs: committedAt - preparedAt,
      applyMs: appliedAt - committedAt,
      bytes: bytesOf(deltas),
      outputBytes: bytesOf(outboxes) + bytesOf(allBlobs.slice(blobs.length)),
    })
  }

  #trimOf({ id, writer }: RunningSink): OutboxTrim | undefined {
    const { appliedEpoch } = writer
    if (appliedEpoch <= (this.#trimmed.get(id) ?? 0)) return undefined
    return { sink: id, appliedEpoch }
  }
}

const bytesOf = (parts: readonly { readonly bytes: Uint8Array | undefined }[]): number =>
  parts.reduce((sum, part) => sum + (part.bytes?.length ?? 0), 0)
