// One source of a running task: its splits, their readers and positions, and the watermark that they make together.
//
//   split:   queued ─► open ─► reading ⇄ ready ─► finished
//                               │  ▲
//                               ▼  │ wait() resolves
//                               idle
//
// What is committed: the ids of finished splits, and of each open one its position and watermarks.

import type {
  JsonValue,
  Source,
  SourceBatch,
  SourceSplit,
  SplitReader,
} from '../connector/source.ts'
import type { SplitLag } from '../connector/split-lag.ts'
import { MAX_WATERMARK, MIN_WATERMARK } from '../types/value.ts'
import type { WatermarkSettings } from '../connector/watermark-options.ts'
import type { CompiledSource } from './compiled-task.ts'
import { SplitClock, SplitState } from './split-state.ts'
import type { Timeline } from './timeline.ts'

/** What the commit holds of a source, as JSON. */
export interface StoredSource {
  readonly finished: readonly string[]
  readonly open: readonly {
    readonly split: SourceSplit
    readonly position: JsonValue
    /** Per watermark of the source; null: none yet. */
    readonly watermarks: readonly (number | null)[]
    /** With a gap between watermarks: the ones to come, with the records since the last. */
    readonly pending?: readonly (readonly [highest: number | null, events: number])[]
    readonly records: number
    readonly failed: number
  }[]
  /** The source's own watermarks, which may be ahead of those of splits opened later. */
  readonly watermarks: readonly (number | null)[]
  readonly records: number
  readonly failed: number
}

/** A split as people know it, and how far reading it is behind. */
export interface SplitProgress {
  readonly split: string
  readonly lag: SplitLag
}

/** What a batch waits for when it was read, before it is processed. */
export interface BatchPreparation {
  prepare(batch: SourceBatch): Promise<void>
  /** Waits no longer. */
  close(): void
}

export class SplitInput {
  readonly split: SourceSplit
  readonly state: SplitState
  readonly reader: SplitReader
  status: 'reading' | 'ready' | 'idle' | 'finished' = 'reading'
  /** It has had nothing for its source's idle time-out, and holds no watermark back. */
  isIdle = false
  batch: SourceBatch | undefined
  /** Where in the batch processing goes on. */
  offset = 0
  /** Settles when the state is `ready`, `idle` or `finished`; rejects when reading fails. */
  reading: Promise<void> | undefined
  #position: JsonValue | undefined
  #waking: Promise<void> | undefined
  readonly #preparation: BatchPreparation | undefined

  constructor(
    split: SourceSplit,
    state: SplitState,
    reader: SplitReader,
    position: JsonValue | undefined,
    preparation?: BatchPreparation,
  ) {
    this.#preparation = preparation
    this.split = split
    this.state = state
    this.reader = reader
    this.#position = position
  }

  get position(): JsonValue | undefined {
    return this.batch ? this.batch.positionAt(this.offset) : this.#position
  }

  get batchEnd(): number {
    const { batch } = this
    if (!batch) return 0
    if (batch.kind === 'bytes') return batch.end
    return batch.kind === 'rows' ? batch.rows.length : batch.count
  }

  /** Asks for the next batch when the present one is used up. */
  fetch(): Promise<void> {
    this.reading ??= this.#read()
    return this.reading
  }

  /** Waits until an idle reader may have something again; several callers wait together. */
  wake(signal: AbortSignal): Promise<void> {
    this.#waking ??= this.reader.wait(signal).then(() => {
      this.#waking = undefined
      if (this.status === 'idle') this.status = 'reading'
    })
    return this.#waking
  }

  async #read(): Promise<void> {
    if (this.batch) this.#position = this.batch.positionAt(this.offset)
    this.batch = undefined
    this.status = 'reading'
    const got = await this.#next()
    this.reading = undefined
    if (got === 'idle' || got === 'finished') {
      this.status = got
      return
    }
    this.batch = got
    this.offset = got.kind === 'bytes' ? got.start : 0
    this.status = 'ready'
  }

  async #next(): Promise<SourceBatch | 'idle' | 'finished'> {
    const got = await this.reader.read()
    if (this.#preparation && typeof got === 'object') await this.#preparation.prepare(got)
    return got
  }
}

export class SourceInput {
  readonly compiled: CompiledSource
  readonly source: Source
  readonly watermarkSettings: WatermarkSettings
  /** After so long without a record a split is idle; 0: never. */
  readonly idleTimeoutMs: number
  readonly open: SplitInput[] = []
  /** All splits have been found and read to their ends. */
  isFinished = false
  records = 0
  failed = 0
  /** For how long its records have been processed in this run, by all that is behind it on its thread, ms. */
  busyMs = 0
  readonly #timeline: Timeline
  readonly #queue: SourceSplit[] = []
  readonly #finished = new Set<string>()
  readonly #ended: { readonly split: SourceSplit; readonly position: JsonValue }[] = []
  readonly #known = new Set<string>()
  #beforeEnd: readonly number[] | undefined
  #recordsRestored = 0
  readonly #preparation: BatchPreparation | undefined
  readonly #resumed = new Map<string, StoredSource['open'][number]>()

  constructor(
    compiled: CompiledSource,
    source: Source,
    timeline: Timeline,
    settings: {
      readonly watermarks?: WatermarkSettings
      readonly idleTimeoutMs?: number
      readonly preparation?: BatchPreparation | undefined
    } = {},
  ) {
    this.#preparation = settings.preparation
    this.compiled = compiled
    this.source = source
    this.watermarkSettings = settings.watermarks ?? { eventGap: 1 }
    this.idleTimeoutMs = this.watermarkSettings.idleTimeoutMs ?? settings.idleTimeoutMs ?? 0
    this.#timeline = timeline
  }

  /** All records read of it, over restarts. */
  get recordsRead(): number {
    return this.records + this.open.reduce((sum, s) => sum + s.state.records, 0)
  }

  /** Of these, the ones read by this run. */
  get recordsReadNow(): number {
    return this.recordsRead - this.#recordsRestored
  }

  /** Of all, the ones that could not be processed. */
  get recordsFailed(): number {
    return this.failed + this.open.reduce((sum, s) => sum + s.state.failed, 0)
  }

  /** How far each open split is behind, of those that can tell. */
  get lags(): readonly SplitProgress[] {
    return this.open.flatMap(({ split, reader, position }) => {
      const lag = reader.lag?.(position)
      return lag ? [{ split: split.label ?? split.id, lag }] : []
    })
  }

  get hasWatermark(): boolean {
    return this.compiled.watermarks.length > 0
  }

  /** Puts back what the last commit held; before `discover`. */
  restore(stored: StoredSource): void {
    for (const id of stored.finished) {
      this.#finished.add(id)
      this.#known.add(id)
    }
    for (const open of stored.open) this.#resumed.set(open.split.id, open)
    stored.watermarks.forEach((w, i) => {
      const clock = this.compiled.watermarks[i]
      if (clock) clock.watermark = w ?? MIN_WATERMARK
    })
    this.records = stored.records
    this.#recordsRestored = stored.open.reduce((sum, o) => sum + o.records, stored.records)
    this.failed = stored.failed
  }

  store(): StoredSource {
    const json = (watermark: number) => (watermark === MIN_WATERMARK ? null : watermark)
    return {
      finished: [...this.#finished],
      open: [
        ...this.open.map(s => ({
          split: s.split,
          position: s.position ?? null,
          watermarks: s.state.clocks.map(c => json(c.watermark)),
          ...(this.watermarkSettings.eventGap > 1 && {
            pending: s.state.clocks.map(c => [json(c.highest), c.events] as const),
          }),
          records: s.state.records,
          failed: s.state.failed,
        })),
        ...this.#resumed.values(),
      ],
      // The end of the input is no watermark that data has given: input added later goes on from the last of those.
      watermarks: this.compiled.watermarks.map((c, i) =>
        json(this.#beforeEnd?.[i] ?? (c.watermark === MAX_WATERMARK ? MIN_WATERMARK : c.watermark)),
      ),
      records: this.records,
      failed: this.failed,
    }
  }

  /** Looks for splits that are not known yet, and opens as many as may be open. */
  async discover(): Promise<void> {
    if (this.#known.size === 0) for (const { split } of this.#resumed.values()) this.#enqueue(split)
    for (const split of await this.source.discover(this.#known))
      if (await this.#isSelected(split)) this.#enqueue(split)
      else this.#known.add(split.id)
    await this.#openNext()
  }

  /** Whether rows of the split can be of use: decided by what they share. */
  async #isSelected(split: SourceSplit): Promise<boolean> {
    const { selects } = this.compiled
    return !selects || selects((await this.source.sharedValues?.(split)) ?? [])
  }

  #enqueue(split: SourceSplit): void {
    if (this.#known.has(split.id)) return
    this.#known.add(split.id)
    this.#queue.push(split)
  }

  async #openNext(): Promise<void> {
    const most = this.source.maxOpenSplits ?? Number.POSITIVE_INFINITY
    while (this.open.length < most) {
      const split = this.#queue.shift()
      if (!split) break
      const resumed = this.#resumed.get(split.id)
      const clocks = this.compiled.watermarks.map((_, i) => {
        const clock = new SplitClock()
        clock.watermark = resumed?.watermarks[i] ?? MIN_WATERMARK
        const [highest, events] = resumed?.pending?.[i] ?? [null, 0]
        clock.highest = highest ?? MIN_WATERMARK
        clock.events = events
        return clock
      })
      const state = new SplitState(this.compiled.id, split.id, clocks, split.label)
      state.records = resumed?.records ?? 0
      state.failed = resumed?.failed ?? 0
      state.shared = (await this.source.sharedValues?.(split)) ?? []
      const position = resumed?.position ?? undefined
      const reader = await this.source.open(split, position ?? undefined)
      this.#resumed.delete(split.id)
      this.open.push(new SplitInput(split, state, reader, position ?? undefined, this.#preparation))
    }
    const alone = this.open.length <= 1 && this.#queue.length === 0
    for (const s of this.open) s.state.alone = alone || this.source.maxOpenSplits === 1
    this.isFinished =
      this.open.length === 0 && this.#queue.length === 0 && this.source.boundedness === 'bounded'
  }

  /** How far splits have been read: those that are open, and those that have ended since the last call. */
  takeRead(): readonly { readonly split: SourceSplit; readonly position: JsonValue }[] {
    const open = this.open.map(s => ({ split: s.split, position: s.position ?? null }))
    return [...open, ...this.#ended.splice(0)]
  }

  /** Closes a split that has been read to its end, and opens the next. */
  async finish(split: SplitInput): Promise<void> {
    this.#ended.push({ split: split.split, position: split.position ?? null })
    this.open.splice(this.open.indexOf(split), 1)
    this.#finished.add(split.split.id)
    this.records += split.state.records
    this.failed += split.state.failed
    await split.reader.close()
    await this.#openNext()
    for (const i of this.compiled.watermarks.keys()) this.splitAdvanced(i)
    if (this.isFinished) this.end()
  }

  /** Leaves what has not been read: nothing more can come of it. */
  async abandon(): Promise<void> {
    this.#queue.length = 0
    for (const split of this.open.splice(0)) {
      this.records += split.state.records
      this.failed += split.state.failed
      await split.reader.close()
    }
    this.isFinished = true
    this.end()
  }

  /** The end of the input: its watermarks go to the end of time. */
  end(): void {
    this.#beforeEnd ??= this.compiled.watermarks.map(c => c.watermark)
    for (const clock of [...this.compiled.watermarks, this.compiled.clock])
      this.#timeline.advance(clock, MAX_WATERMARK)
  }

  /** Marks splits that hold no watermark back for now, and the source itself when none does. */
  setIdle(splits: readonly SplitInput[], isSourceIdle: boolean): void {
    for (const split of splits) split.isIdle = true
    for (const [i, clock] of this.compiled.watermarks.entries()) {
      this.#timeline.setIdle(clock, isSourceIdle)
      if (!isSourceIdle && splits.length > 0) this.splitAdvanced(i)
    }
  }

  /** A split's watermark has moved: the source's is the minimum over its open splits that are not idle. */
  splitAdvanced(index: number): void {
    const clock = this.compiled.watermarks[index]
    if (!clock || this.open.length === 0) return
    let minimum = MAX_WATERMARK
    for (const { state, isIdle } of this.open) {
      if (isIdle) continue
      const { watermark } = state.clocks[index] as SplitClock
      if (watermark < minimum) minimum = watermark
    }
    if (minimum <= clock.watermark || minimum === MAX_WATERMARK) return
    if (minimum >= clock.deadline) this.#timeline.advance(clock, minimum)
    else clock.watermark = minimum
  }

  async close(): Promise<void> {
    this.#preparation?.close()
    for (const split of this.open.splice(0)) await split.reader.close()
    await this.source.close?.()
  }
}
