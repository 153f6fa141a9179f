// Event time in a task: watermarks of sources, what operators see of them, and when timers are due.
//
// The order law (docs/model.md): a split's watermark is re-evaluated after every record; timers that are due fire before the
// next record. Generated code compares each new watermark with the source's `deadline`, and calls `advance` only past it.

import { MAX_WATERMARK, MIN_WATERMARK } from '../types/value.ts'
import type { Operator } from './operator.ts'

/** Something whose watermark can be read. */
export interface TimeSource {
  /** Epoch ms; what records are judged by. */
  readonly watermark: number
  /** The watermark that is being advanced to, for operators that are about to fire. */
  readonly next: number
  readonly idle: boolean
}

/** The watermark of one source: the minimum over its active splits, never going back. */
export class SourceClock implements TimeSource {
  watermark = MIN_WATERMARK
  pending = MIN_WATERMARK
  /** The watermark at which some operator has a timer due. */
  deadline = MAX_WATERMARK
  idle = false

  get next(): number {
    return this.pending > this.watermark ? this.pending : this.watermark
  }
}

/** The watermark of an operator with several inputs, or of rows held back by `delayMs`. */
export class CombinedClock implements TimeSource {
  readonly #inputs: readonly TimeSource[]
  readonly #delayMs: number
  #high = MIN_WATERMARK
  /** The same without the end of the input, which is no watermark that data has given. */
  #given = MIN_WATERMARK

  constructor(inputs: readonly TimeSource[], delayMs = 0) {
    this.#inputs = inputs
    this.#delayMs = delayMs
  }

  /** What a commit holds: inputs that are idle or have ended when it is made hold it back again after a restart. */
  get given(): number {
    const now = this.#minimum(i => i.watermark)
    if (now !== MAX_WATERMARK - this.#delayMs && now > this.#given) this.#given = now
    return this.#given
  }

  /** Goes on from a committed one. */
  restore(given: number): void {
    this.#given = given
    this.#high = given
  }

  get idle(): boolean {
    return this.#inputs.every(i => i.idle)
  }

  get watermark(): number {
    const now = this.#minimum(i => i.watermark)
    if (now > this.#high) this.#high = now
    return this.#high
  }

  get next(): number {
    return Math.max(
      this.#high,
      this.#minimum(i => i.next),
    )
  }

  #minimum(read: (input: TimeSource) => number): number {
    const allIdle = this.idle
    let minimum = MAX_WATERMARK
    for (const input of this.#inputs) {
      if (input.idle && !allIdle) continue
      const watermark = read(input)
      if (watermark < minimum) minimum = watermark
    }
    return minimum - this.#delayMs
  }
}

/** How an operator hangs on the sources: each with the greatest delay of a path between them. */
export interface OperatorTime {
  readonly operator: Operator
  readonly clock: TimeSource
  readonly sources: readonly { readonly clock: SourceClock; readonly delayMs: number }[]
}

/** All sources and operators of a task, operators in topological order. */
export class Timeline {
  readonly clocks: readonly SourceClock[]
  readonly #operators: readonly OperatorTime[]
  readonly #timeOf = new Map<Operator, OperatorTime>()

  constructor(clocks: readonly SourceClock[], operators: readonly OperatorTime[]) {
    this.clocks = clocks
    this.#operators = operators
    for (const o of operators) this.#timeOf.set(o.operator, o)
  }

  /** Moves a source's watermark on and fires what is due, upstream first. */
  advance(clock: SourceClock, watermark: number): void {
    if (watermark > clock.pending) clock.pending = watermark
    for (const { operator, clock: seen } of this.#operators) {
      const next = seen.next
      if (next >= operator.deadline) operator.advance(next)
    }
    clock.watermark = clock.next
    this.refresh()
  }

  /** By operator: the watermarks that its inputs together had given it. */
  storeWatermarks(): Readonly<Record<string, number>> {
    const stored: Record<string, number> = {}
    for (const { operator, clock } of this.#operators)
      if (clock instanceof CombinedClock && clock.given > MIN_WATERMARK)
        stored[operator.id] = clock.given
    return stored
  }

  /** Before operators are restored: what they have fired follows from their watermarks. */
  restoreWatermarks(stored: Readonly<Record<string, number>>): void {
    for (const { operator, clock } of this.#operators) {
      const given = stored[operator.id]
      if (clock instanceof CombinedClock && given !== undefined) clock.restore(given)
    }
  }

  /** Marks a source idle or active again; the others then decide alone. */
  setIdle(clock: SourceClock, idle: boolean): void {
    if (clock.idle === idle) return
    clock.idle = idle
    this.advance(clock, clock.watermark)
  }

  /** An operator has set a timer earlier than its deadline was. */
  lower(operator: Operator): void {
    const time = this.#timeOf.get(operator)
    if (time) this.#apply(time)
  }

  /** Computes every source's deadline anew. */
  refresh(): void {
    for (const clock of this.clocks) clock.deadline = MAX_WATERMARK
    for (const time of this.#operators) this.#apply(time)
  }

  #apply({ operator, sources }: OperatorTime): void {
    const { deadline } = operator
    if (deadline === MAX_WATERMARK) return
    for (const { clock, delayMs } of sources) {
      const due = deadline + delayMs
      // A source that is past it waits for the others: theirs is the deadline that counts.
      if (clock.watermark < due && due < clock.deadline) clock.deadline = due
    }
  }
}
