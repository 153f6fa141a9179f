// Windowed aggregation over slices. The per-row function is generated; this keeps slices, fires windows, drops what is done.

import type { DeltaWriter } from '../../../state/delta-format.ts'
import type { StateEntry } from '../../../state/state-backend.ts'
import {
  DELETE,
  INSERT,
  MAX_WATERMARK,
  type RowKindCode,
  UPDATE_AFTER,
  UPDATE_BEFORE,
} from '../../../types/value.ts'
import type { Operator, OperatorStats } from '../../operator.ts'
import type { TimeSource, Timeline } from '../../timeline.ts'
import { deleteEntry, readEntry, type TableLayout, writeEntry } from '../keyed-table.ts'
import { type RunningCode, type RunningEntry, RunningWindows } from './running-windows.ts'
import type { Slicing } from './window-slices.ts'

export interface SliceEntry extends RunningEntry {
  slice: number
  /** 1: among what earlier commits wrote. */
  stored: number
  /** Rows taken in less rows taken back; absent where none can be. At 0 there is nothing to give. */
  count?: number
}

/** The generated parts of the operator. */
export interface WindowAggregateCode<E extends SliceEntry> extends RunningCode<E> {
  readonly layout: TableLayout<E>
  /** Gives out the result of an entry for the window `[start, end)`; the kind counts where rows may be late. */
  emit(entry: E, start: number, end: number, kind: RowKindCode): void
}

export interface WindowAggregateSettings {
  readonly id: string
  /** Undefined when rows bring their window: each slice is a window whose start is among the keys. */
  readonly slicing: Slicing | undefined
  /** Whether totals are kept from one firing to the next. */
  readonly isRunning: boolean
  /** How long after its end a window takes rows, ms: each then takes the result back and gives it anew. */
  readonly latenessMs: number
  /** What takes the results wants those that are taken back. */
  readonly emitsUpdateBefore: boolean
  readonly clock: TimeSource
  readonly timeline: () => Timeline
  /** When a window closes: epoch ms of its last ms, on the time line of windows that follow a time zone too. */
  readonly timerMs: (end: number) => number
}

/**
 * Fires each window `[start, end)` once, when `watermark >= end - 1`; a row is late once the last window of its slice has fired,
 * or `latenessMs` after that: until then its slice is kept, and windows that have fired give their results anew.
 *
 * State: an entry per slice and key; which windows are pending follows from the slices and the watermark, so it is not stored.
 */
export class WindowAggregateOperator<E extends SliceEntry> implements Operator {
  readonly id: string
  deadline = MAX_WATERMARK
  /** Counted by generated code. */
  recordsIn = 0
  recordsOut = 0
  late = 0
  /** Grows with every firing: generated code then forgets the slice it holds. */
  firings = 0
  dirty: E[] = []
  readonly #settings: WindowAggregateSettings
  readonly #slices = new Map<number, Map<unknown, E>>()
  /** Ends of windows that have not fired, ascending. */
  readonly #pending: number[] = []
  /** Ends of slices that late rows may still change, ascending. */
  readonly #kept: number[] = []
  /** Ends of windows whose result of the key at hand was taken back. */
  readonly #tookBack = new Set<number>()
  readonly #dropped: { readonly sliceEnd: number; readonly entries: readonly E[] }[] = []
  #code: WindowAggregateCode<E> | undefined
  #running: RunningWindows<E> | undefined

  constructor(settings: WindowAggregateSettings) {
    this.id = settings.id
    this.#settings = settings
  }

  bind(code: WindowAggregateCode<E>): void {
    this.#code = code
    if (this.#settings.isRunning) this.#running = new RunningWindows(code)
  }

  /**
   * The entries of the slice that ends at `sliceEnd`; undefined when a row of it is late. Generated code keeps the last answer,
   * so this runs when a row falls into another slice than the one before it.
   */
  openSlice(sliceEnd: number): Map<unknown, E> | undefined {
    const { slicing, clock, latenessMs, timerMs } = this.#settings
    const last = slicing ? slicing.lastWindowEnd(sliceEnd) : sliceEnd
    if (clock.watermark >= timerMs(last) + latenessMs) return undefined
    this.#running?.leave(sliceEnd)
    const known = this.#slices.get(sliceEnd)
    if (known) return known
    const slice = new Map<unknown, E>()
    this.#slices.set(sliceEnd, slice)
    this.#expect(sliceEnd)
    return slice
  }

  #expect(sliceEnd: number): void {
    const { latenessMs, timeline } = this.#settings
    for (const end of this.#windowEnds(sliceEnd))
      if (!this.#hasFired(end)) insertSorted(this.#pending, end)
    if (latenessMs > 0) insertSorted(this.#kept, sliceEnd)
    const before = this.deadline
    this.#setDeadline()
    if (this.deadline < before) timeline().lower(this)
  }

  #windowEnds(sliceEnd: number): readonly number[] {
    return this.#settings.slicing?.windowEnds(sliceEnd) ?? [sliceEnd]
  }

  #hasFired(end: number): boolean {
    const { clock, timerMs } = this.#settings
    return clock.watermark >= timerMs(end)
  }

  /** When the next window fires; `MAX_WATERMARK` without one. */
  get #firesAt(): number {
    const end = this.#pending[0]
    return end === undefined ? MAX_WATERMARK : this.#settings.timerMs(end)
  }

  /** When the first slice that was kept for late rows goes. */
  get #dropsAt(): number {
    const { slicing, latenessMs, timerMs } = this.#settings
    const sliceEnd = this.#kept[0]
    if (sliceEnd === undefined) return MAX_WATERMARK
    return timerMs(slicing?.lastWindowEnd(sliceEnd) ?? sliceEnd) + latenessMs
  }

  #setDeadline(): void {
    this.deadline = Math.min(this.#firesAt, this.#dropsAt)
  }

  advance(watermark: number): void {
    while (this.#pending.length + this.#kept.length > 0 && watermark >= this.deadline) {
      this.firings++
      if (this.#firesAt <= this.#dropsAt) this.#fire(this.#pending.shift() as number)
      else this.#drop(this.#kept.shift() as number)
      this.#setDeadline()
    }
  }

  /** Before a row of a key changes a slice: takes back the results of windows that have fired. Whether there are such windows. */
  takeBack(key: unknown, sliceEnd: number): boolean {
    const fired = this.#windowEnds(sliceEnd).filter(end => this.#hasFired(end))
    this.#tookBack.clear()
    for (const end of fired) if (this.#giveOne(key, end, UPDATE_BEFORE)) this.#tookBack.add(end)
    return fired.length > 0
  }

  /** After the change: gives these results anew. */
  giveAgain(key: unknown, sliceEnd: number): void {
    for (const end of this.#windowEnds(sliceEnd))
      if (this.#hasFired(end))
        this.#giveOne(key, end, this.#tookBack.has(end) ? UPDATE_AFTER : INSERT)
  }

  /** Gives the result of one key for a window; false when there is none. */
  #giveOne(key: unknown, end: number, kind: RowKindCode): boolean {
    const { slicing } = this.#settings
    const code = this.#code as WindowAggregateCode<E>
    const start = slicing?.windowStart(end) ?? 0
    const sliceMs = slicing?.sliceMs ?? end
    let merged: E | undefined
    for (let sliceEnd = start + sliceMs; sliceEnd <= end; sliceEnd += sliceMs) {
      const entry = this.#slices.get(sliceEnd)?.get(key)
      if (!entry) continue
      merged ??= code.fresh(entry)
      code.merge(merged, entry)
    }
    if (!merged) return false
    // Where rows are taken back no result may follow, so that -U would stay without its +U.
    const plain = kind === UPDATE_BEFORE ? DELETE : INSERT
    const isImplied = kind === UPDATE_BEFORE && !this.#settings.emitsUpdateBefore
    if (isImplied && merged.count === undefined) return true
    return this.#give(code, merged, start, end, merged.count === undefined ? kind : plain)
  }

  #fire(end: number): void {
    const { slicing } = this.#settings
    const code = this.#code as WindowAggregateCode<E>
    if (!slicing) {
      for (const entry of this.#slices.get(end)?.values() ?? []) this.#give(code, entry, 0, end)
      if (this.#settings.latenessMs === 0) this.#drop(end)
      return
    }
    const start = slicing.windowStart(end)
    const first = start + slicing.sliceMs
    if (first === end) {
      for (const entry of this.#slices.get(end)?.values() ?? []) this.#give(code, entry, start, end)
    } else {
      const windows = this.#running ?? new RunningWindows(code)
      for (const total of windows.totalsOf(start, end, slicing.sliceMs, this.#slices))
        this.#give(code, total, start, end)
    }
    if (this.#settings.latenessMs > 0) return
    for (let sliceEnd = first; sliceEnd <= end; sliceEnd += slicing.sliceMs)
      if (slicing.lastWindowEnd(sliceEnd) <= end) this.#drop(sliceEnd)
  }

  #give(
    code: WindowAggregateCode<E>,
    entry: E,
    start: number,
    end: number,
    kind: RowKindCode = INSERT,
  ): boolean {
    if (entry.count === 0) return false
    this.recordsOut++
    code.emit(entry, start, end, kind)
    return true
  }

  #drop(sliceEnd: number): void {
    const slice = this.#slices.get(sliceEnd)
    if (!slice) return
    this.#running?.leave(sliceEnd)
    const entries: E[] = []
    for (const entry of slice.values()) {
      entry.live = false
      if (entry.stored === 1) entries.push(entry)
    }
    this.#slices.delete(sliceEnd)
    if (entries.length > 0) this.#dropped.push({ sliceEnd, entries })
  }

  collect(writer: DeltaWriter): void {
    for (const entry of this.dirty) {
      entry.dirty = false
      if (!entry.live) continue
      entry.stored = 1
      writeEntry(writer, this.#layout, entry, entry.slice)
    }
    this.dirty = []
    for (const { sliceEnd, entries } of this.#dropped.splice(0))
      if (writer.namesKeys)
        for (const entry of entries) deleteEntry(writer, this.#layout, entry, sliceEnd)
      else writer.deleteSlice(this.#layout.table, sliceEnd)
  }

  get #layout(): TableLayout<E> {
    return (this.#code as WindowAggregateCode<E>).layout
  }

  restore(stored: StateEntry): void {
    const entry = readEntry(this.#layout, stored)
    const sliceEnd = stored.slice as number
    entry.slice = sliceEnd
    entry.stored = 1
    const slice = this.#slices.get(sliceEnd) ?? new Map<unknown, E>()
    this.#slices.set(sliceEnd, slice)
    slice.set(this.#layout.mapKeyOf(this.#layout.keyOf(entry)), entry)
  }

  restored(): void {
    for (const sliceEnd of [...this.#slices.keys()].toSorted((a, b) => a - b))
      this.#expect(sliceEnd)
  }

  stats(): OperatorStats {
    let stateEntries = 0
    for (const slice of this.#slices.values()) stateEntries += slice.size
    return {
      id: this.id,
      recordsIn: this.recordsIn,
      recordsOut: this.recordsOut,
      late: this.late,
      expired: 0,
      stateEntries,
      stateBytes: stateEntries * 64,
    }
  }
}

/** Inserts into an ascending list without repeats; new window ends are nearly always the greatest. */
function insertSorted(list: number[], value: number): void {
  let i = list.length
  while (i > 0 && (list[i - 1] as number) > value) i--
  if (list[i - 1] !== value) list.splice(i, 0, value)
}
