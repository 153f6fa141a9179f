// Drives one row operator with rows and watermarks, and crashes it: its state is collected, and restored into a fresh one.

import { expect } from 'vitest'
import type {
  StatefulRowOperator,
  OperatorPlace,
} from '../../../src/runtime/operators/stateful-row-operator.ts'
import { CombinedClock, SourceClock, Timeline } from '../../../src/runtime/timeline.ts'
import {
  decodeFullKey,
  DELETE_KEY,
  DELETE_SLICE,
  DeltaReader,
  DeltaWriter,
  PUT,
  sliceId,
} from '../../../src/state/delta-format.ts'
import { ROW_KINDS, type Row, type RowKind, type RowKindCode } from '../../../src/types/value.ts'

export interface Change {
  readonly kind: RowKind
  readonly row: Row
}

export class OperatorHarness {
  operator: StatefulRowOperator
  output: Change[] = []
  readonly #make: (place: OperatorPlace) => StatefulRowOperator
  readonly #clocks: readonly SourceClock[]
  #timeline: Timeline
  #crashes = 0
  readonly #store = new Map<string, { key: Uint8Array; value: Uint8Array }>()

  constructor(make: (place: OperatorPlace) => StatefulRowOperator, inputs = 1) {
    this.#make = make
    this.#clocks = Array.from({ length: inputs }, () => new SourceClock())
    this.#timeline = new Timeline([], [])
    this.operator = this.#start()
  }

  #start(): StatefulRowOperator {
    const clock = new CombinedClock(this.#clocks)
    let timeline = new Timeline([], [])
    const operator = this.#make({ id: 'under-test', clock, timeline: () => timeline })
    operator.bind((kind, row) => this.output.push({ kind: ROW_KINDS[kind] as RowKind, row }))
    const sources = this.#clocks.map(c => ({ clock: c, delayMs: 0 }))
    timeline = new Timeline(this.#clocks, [{ operator, clock, sources }])
    this.#timeline = timeline
    return operator
  }

  send(input: number, kind: RowKind, ...row: Row): void {
    this.operator.process(input, ROW_KINDS.indexOf(kind) as RowKindCode, row)
  }

  /** Moves an input's watermark on as a source does: the timeline is told only when a deadline is reached. */
  watermark(time: number, input = 0): void {
    const clock = this.#clocks[input] as SourceClock
    if (time <= clock.watermark) return
    if (time >= clock.deadline) this.#timeline.advance(clock, time)
    else clock.watermark = time
  }

  /** Moves all inputs to the end of time. */
  end(): void {
    for (const clock of this.#clocks) this.#timeline.advance(clock, Number.POSITIVE_INFINITY)
  }

  /** What has come out since the last call, as text such as `+I(1, a)`. */
  take(): string[] {
    const text = this.output.map(({ kind, row }) => `${kind}(${row.map(String).join(', ')})`)
    this.output = []
    return text
  }

  /** Commits the state, and returns how many entries were written. */
  commit(): number {
    const writer = new DeltaWriter()
    this.operator.collect(writer)
    const { entries } = writer
    const reader = new DeltaReader(writer.take())
    while (reader.next()) {
      const key = reader.bytes.slice(reader.keyStart, reader.keyEnd)
      const name = Buffer.from(key).toString('hex')
      if (reader.tag === PUT)
        this.#store.set(name, {
          key,
          value: reader.bytes.slice(reader.valueStart, reader.valueEnd),
        })
      else if (reader.tag === DELETE_KEY) this.#store.delete(name)
      else if (reader.tag === DELETE_SLICE) {
        for (const [other, entry] of this.#store)
          if (sliceId(entry.key, 0) === reader.deletedSlice) this.#store.delete(other)
      }
    }
    return entries
  }

  get storedEntries(): number {
    return this.#store.size
  }

  /** Commits, forgets the operator, and goes on with a fresh one from what was committed. */
  crash(): void {
    this.commit()
    const before = this.operator.stats()
    this.operator = this.#start()
    const ordered = [...this.#store].toSorted(([a], [b]) => (a < b ? -1 : 1))
    for (const [, { key, value }] of ordered)
      this.operator.restore({ ...decodeFullKey(key, 0, key.length), value })
    this.operator.restored()
    this.#timeline.refresh()
    expect(this.operator.stats().stateEntries).toBe(before.stateEntries)
    expect(this.#store.size).toBe(before.stateEntries)
    // A commit may put recovered entries back: every other time rows come first.
    if (this.#crashes++ % 2 === 0) expect(this.commit()).toBe(0)
  }
}

/** The rows that are left after all changes, as sorted texts; a deletion of what is not there fails the test. */
export function materialize(changes: readonly Change[]): string[] {
  const counts = new Map<string, number>()
  for (const { kind, row } of changes) {
    const text = row.map(String).join('|')
    const count = (counts.get(text) ?? 0) + (kind === '+I' || kind === '+U' ? 1 : -1)
    expect(count, `${kind} of a row that is not there: ${text}`).toBeGreaterThanOrEqual(0)
    counts.set(text, count)
  }
  return [...counts].flatMap(([text, count]) => new Array<string>(count).fill(text)).toSorted()
}

/** A small seeded generator (mulberry32): whole numbers below `bound`. */
export function seeded(seed: number): (bound: number) => number {
  let state = seed
  return bound => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % bound
  }
}
