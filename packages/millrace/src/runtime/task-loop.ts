// Drives a task: chooses the split to read next, processes its batch, closes epochs between two batches.
//
// The choice follows the data only: of the splits with watermarks the one that is furthest behind, and it is left as soon as its
// watermark passes the next one's; splits without watermarks take turns by record counts. A split that has been read to its end
// stays until it is chosen, whenever its end was seen. So batch sizes, epochs, crashes and the timing of reads do not change the
// order in which records of several inputs meet. Only live inputs that have nothing now are passed over.

import type { Clock } from '../types/ports.ts'
import { MAX_WATERMARK } from '../types/value.ts'
import type { CompiledTask } from './compiled-task.ts'
import { Idleness } from './idleness.ts'
import type { SourceInput, SplitInput } from './source-input.ts'
import type { SplitState } from './split-state.ts'
import { WatermarkAlignment } from './watermark-alignment.ts'

/** Records after which splits without watermarks give others a turn. */
const TURN_RECORDS = 1024
/** The longest stretch without a turn for I/O, timers and servers. */
const BREATH_MS = 10

export interface TaskLoopSettings {
  readonly task: CompiledTask
  readonly inputs: readonly SourceInput[]
  readonly clock: Clock
  /** Records processed in one call at most. */
  readonly batchRecords: number
  readonly epochMs: number
  /** Closes the epoch, and resolves when the next one may be filled; false when the one before is not through, and this one goes on. */
  closeEpoch(): Promise<boolean>
  /** @throws what made an epoch fail: it may do so while there is nothing to read */
  checkEpochs(): void
  /** Whether a sink wants an epoch to be cut though nothing has been read. */
  isCutDue?(nowMs: number): boolean
  /** Whether sinks hold so much that reading must pause. */
  isPressed(): boolean
  /** Resolves when it no longer is. */
  relieve(): Promise<void>
  /** Called after each batch; a promise holds back the next. */
  afterBatch?(): Promise<void> | undefined
  /** Called before each batch: processing time is read once per batch. */
  beginBatch(nowMs: number): void
  /** The watermark up to which recorded event time may be replayed now; `+Infinity`: as fast as it goes. */
  paceLimit(nowMs: number): number
  /** Records of a source that may be read now under its rate limit. */
  allowance(input: SourceInput, nowMs: number): number
}

/** What holds reading back though there is something to read. */
export type Holdup =
  | { readonly kind: 'sinks' | 'epoch' | 'rows' | 'pace' }
  | { readonly kind: 'alignment'; readonly behind: string }

/** The split to read next. */
interface Choice {
  readonly input: SourceInput
  readonly split: SplitInput
  /** It is left once its watermark has passed this. */
  readonly limit: number
  /** Splits without watermarks are read too, so that it is left at the end of its turn. */
  readonly takesTurns: boolean
}

export class TaskLoop {
  readonly #settings: TaskLoopSettings
  readonly #stop = new AbortController()
  readonly #idleness: Idleness
  readonly #alignment: WatermarkAlignment
  #nextEpochAt = 0
  #breathAt = 0
  #dirty = false
  #current: SplitState | undefined
  #awaited: 'sinks' | 'epoch' | 'rows' | undefined
  #awaitedSince = 0
  #heldMs = 0
  #isPaced = false

  constructor(settings: TaskLoopSettings) {
    this.#settings = settings
    this.#idleness = new Idleness(settings.inputs)
    this.#alignment = new WatermarkAlignment(settings.inputs)
  }

  /** Ends `run` after the present batch; what was read until then is committed by the caller. */
  stop(): void {
    this.#stop.abort()
  }

  /** Ends the present batch behind the record that is being processed: what it brings is more than can wait. */
  pause(): void {
    if (this.#current) this.#current.paused = true
  }

  get isStopping(): boolean {
    return this.#stop.signal.aborted
  }

  /** For how long it has waited for sinks, epochs and rows under way, ms: nothing is read meanwhile. */
  get heldMs(): number {
    const { clock } = this.#settings
    return this.#heldMs + (this.#awaited ? clock.monotonic() - this.#awaitedSince : 0)
  }

  /** Undefined while nothing but the sources themselves holds reading back. */
  get holdup(): Holdup | undefined {
    if (this.#awaited) return { kind: this.#awaited }
    const { inputs, clock, paceLimit } = this.#settings
    const pace = paceLimit(clock.now())
    const waiting = inputs.flatMap(input =>
      input.open.filter(s => input.hasWatermark && s.status !== 'idle').map(s => ({ input, s })),
    )
    if (this.#isPaced || waiting.some(({ s }) => s.state.watermark > pace)) return { kind: 'pace' }
    for (const { input, s } of waiting) {
      const behind = this.#alignment.furthestBehind(input)
      if (behind && s.state.watermark > this.#alignment.limitOf(input))
        return { kind: 'alignment', behind: behind.split.label ?? behind.split.id }
    }
    return undefined
  }

  /** Reads until all inputs are finished (true) or the loop is stopped (false). */
  async run(): Promise<boolean> {
    try {
      return await this.#run()
    } finally {
      // Readers that still wait must not.
      this.#stop.abort()
    }
  }

  async #run(): Promise<boolean> {
    const { inputs, clock, epochMs } = this.#settings
    for (const input of inputs) await input.discover()
    for (const input of inputs) if (input.isFinished) input.end()
    const started = clock.monotonic()
    this.#nextEpochAt = started + epochMs
    this.#breathAt = started + BREATH_MS
    const discoveries = inputs
      .filter(i => i.source.discoveryIntervalMs !== undefined)
      .map(input => ({ input, at: started + (input.source.discoveryIntervalMs as number) }))
    while (!this.isStopping) {
      const now = clock.monotonic()
      for (const d of discoveries)
        if (now >= d.at) {
          await d.input.discover()
          d.at = now + (d.input.source.discoveryIntervalMs as number)
        }
      for (const input of inputs)
        if (!input.isFinished && input.compiled.isNeeded?.() === false) await input.abandon()
      if (inputs.every(i => i.isFinished)) return true
      const choice = this.#choose(clock.now())
      if (choice === undefined) await this.#wait(discoveries)
      else await this.#step(choice)
      if (this.isStopping) break
      await this.#between()
    }
    return false
  }

  /** Epochs, back-pressure, timers of processing time, and a turn for everything else. */
  async #between(): Promise<void> {
    const { clock, epochMs } = this.#settings
    const now = clock.monotonic()
    this.#settings.checkEpochs()
    if (now >= this.#nextEpochAt) {
      const isDue = this.#dirty || this.#settings.isCutDue?.(clock.now())
      if (isDue && (await this.#held('epoch', this.#settings.closeEpoch()))) this.#dirty = false
      this.#nextEpochAt = clock.monotonic() + epochMs
    }
    if (this.#settings.isPressed()) {
      await this.#held('sinks', this.#settings.closeEpoch())
      await this.#held('sinks', this.#settings.relieve())
    }
    if (now >= this.#breathAt) {
      this.#wakeIdle()
      await clock.sleep(0)
      this.#breathAt = clock.monotonic() + BREATH_MS
    }
    this.#idleness.check(clock.now())
    this.#advanceProcessingTime()
  }

  /** Waits for what holds reading back. */
  async #held<T>(by: 'sinks' | 'epoch' | 'rows', work: Promise<T>): Promise<T> {
    const { clock } = this.#settings
    this.#awaited = by
    this.#awaitedSince = clock.monotonic()
    try {
      return await work
    } finally {
      this.#heldMs += clock.monotonic() - this.#awaitedSince
      this.#awaited = undefined
    }
  }

  #advanceProcessingTime(): void {
    const { task, clock } = this.#settings
    const now = clock.now()
    for (const operator of task.operators)
      if (operator.processingDeadline !== undefined && operator.processingDeadline <= now) {
        this.#settings.beginBatch(now)
        operator.advanceProcessingTime?.(now)
        this.#dirty = true
      }
  }

  #choose(nowMs: number): Choice | undefined {
    const { inputs } = this.#settings
    const pace = this.#settings.paceLimit(nowMs)
    let behind: (Pick<Choice, 'input' | 'split'> & { readonly aligned: number }) | undefined
    // Among equals the first goes on; watermarks are whole ms.
    let next = MAX_WATERMARK
    let turn: Pick<Choice, 'input' | 'split'> | undefined
    for (const input of inputs) {
      const limit = Math.min(pace, this.#alignment.limitOf(input))
      for (const split of input.open) {
        if (split.status === 'idle') continue
        if (!input.hasWatermark) {
          if (!turn || turnOf(split) < turnOf(turn.split)) turn = { input, split }
          continue
        }
        const { watermark } = split.state
        if (watermark > limit) continue
        if (!behind) behind = { input, split, aligned: limit }
        else if (watermark < behind.split.state.watermark) {
          // All before it are ahead of it, and go first once it has reached them.
          next = behind.split.state.watermark - 1
          behind = { input, split, aligned: limit }
        } else next = Math.min(next, watermark)
      }
    }
    const takesTurns = turn !== undefined
    const byTime = behind && { ...behind, limit: Math.min(next, behind.aligned), takesTurns }
    const byTurn = turn && { ...turn, limit: MAX_WATERMARK, takesTurns }
    if (!byTime || !byTurn) return byTime ?? byTurn
    return turnOf(byTurn.split) <= turnOf(byTime.split) ? byTurn : byTime
  }

  async #step({ input, split, limit, takesTurns }: Choice): Promise<void> {
    const { clock, batchRecords } = this.#settings
    if (split.status === 'reading') {
      await split.fetch()
      // The promise settles outside of the type checker's sight.
      if ((split.status as SplitInput['status']) !== 'ready') return
    }
    if (split.status === 'finished') {
      await input.finish(split)
      this.#dirty = true
      return
    }
    const batch = split.batch
    if (!batch) return
    const now = clock.now()
    this.#idleness.active(input, split)
    this.#settings.beginBatch(now)
    const end = split.batchEnd
    const turnLeft = TURN_RECORDS - (split.state.records % TURN_RECORDS)
    const max = Math.min(batchRecords, takesTurns ? turnLeft : MAX_WATERMARK)
    const allowed = Math.min(max, this.#settings.allowance(input, now))
    this.#isPaced = allowed < 1
    if (this.#isPaced) {
      await clock.sleep(5, this.#stop.signal)
      return
    }
    this.#current = split.state
    split.state.paused = false
    const began = clock.monotonic()
    split.offset = input.compiled.process(batch, split.offset, limit, allowed, split.state)
    input.busyMs += clock.monotonic() - began
    this.#dirty = true
    const held = this.#settings.afterBatch?.()
    if (held) await this.#held('rows', held)
    if (split.offset >= end) {
      split.status = 'reading'
      // Reading goes on while others are processed; what it brings is awaited when the split's turn comes.
      split.fetch().catch(() => {})
    }
  }

  /** Nothing can be read now: waits for an input, the next epoch, a timer, or the end. */
  async #wait(discoveries: readonly { readonly at: number }[]): Promise<void> {
    const { clock } = this.#settings
    this.#isPaced = false
    const now = clock.monotonic()
    const wake = new AbortController()
    const signal = AbortSignal.any([wake.signal, this.#stop.signal])
    let until = Math.min(this.#nextEpochAt, ...discoveries.map(d => d.at), now + 100)
    const due = Math.min(
      ...this.#settings.task.operators.map(o => o.processingDeadline ?? MAX_WATERMARK),
    )
    if (due < MAX_WATERMARK) until = Math.min(until, now + Math.max(0, due - clock.now()))
    await Promise.race([clock.sleep(Math.max(1, until - now), signal), ...this.#wakeIdle()])
    // With a reason: none makes an error, many times a second.
    wake.abort('over')
  }

  /** Listens to readers that had nothing; others may be busy meanwhile. */
  #wakeIdle(): readonly Promise<void>[] {
    return this.#settings.inputs.flatMap(({ open }) =>
      open.filter(s => s.status === 'idle').map(s => s.wake(this.#stop.signal)),
    )
  }
}

const turnOf = (split: SplitInput): number => Math.floor(split.state.records / TURN_RECORDS)
