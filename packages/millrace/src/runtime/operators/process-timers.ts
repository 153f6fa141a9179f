// Timers of process functions, in event or processing time: at most one per key, time and kind; part of the state.

import { type DataType, notNull, types } from '../../types/data-type.ts'
import type { MapKey } from '../../types/key-text.ts'
import type { Row } from '../../types/value.ts'
import { KeyedMap } from '../keyed-map.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from './state-table.ts'
import { TimeHeap } from './time-heap.ts'

export type TimerKind = 'event' | 'processing'

export interface Timer extends StateRecord {
  readonly id: number
  readonly kind: TimerKind
  readonly mapKey: MapKey
  readonly keyValues: Row
  readonly time: number
}

/** A double, because a timer may be for the end of time. */
const TIME_TYPE = notNull(types.double)

export class ProcessTimers {
  readonly table: StateTable<Timer>
  readonly #heaps = { event: new TimeHeap<Timer>(), processing: new TimeHeap<Timer>() }
  readonly #byKey = new KeyedMap<Map<string, Timer>>()

  constructor(table: number, keyTypes: readonly DataType[]) {
    this.table = new StateTable<Timer>({
      table,
      groupTypes: keyTypes,
      memberTypes: [TIME_TYPE, notNull(types.boolean)],
      valueTypes: [ID_TYPE],
      keyOf: t => [...t.keyValues, t.time, t.kind === 'event'],
      valueOf: t => [t.id],
    })
  }

  /** The time of the earliest timer; `+Infinity` without one. */
  earliest(kind: TimerKind): number {
    const heap = this.#heaps[kind]
    for (let top = heap.peek(); top && !top.live; top = heap.peek()) heap.pop()
    return heap.earliest
  }

  /** Sets a timer, unless it is set already. */
  set(timer: Pick<Timer, 'id' | 'kind' | 'mapKey' | 'keyValues' | 'time'>): void {
    if (this.#byKey.get(timer.mapKey)?.has(nameOf(timer))) return
    const entry = { ...fresh(), ...timer }
    this.#insert(entry)
    this.table.add(entry)
  }

  /** Whether a key has timers that have not fired. */
  has(mapKey: MapKey): boolean {
    return this.#byKey.get(mapKey) !== undefined
  }

  clear(mapKey: MapKey, kind: TimerKind, time: number): void {
    const timer = this.#byKey.get(mapKey)?.get(nameOf({ kind, time }))
    if (timer) this.#forget(timer)
  }

  /** Takes out the earliest timer if it is due. */
  takeDue(kind: TimerKind, now: number): Timer | undefined {
    if (this.earliest(kind) > now) return undefined
    const timer = this.#heaps[kind].pop()
    if (timer) this.#forget(timer)
    return timer
  }

  /** Puts a stored timer back; returns its id. */
  put({ key, value }: StoredRow, mapKey: MapKey): number {
    const id = value[0] as number
    this.#insert({
      ...fresh(),
      stored: true,
      id,
      kind: key.at(-1) === true ? 'event' : 'processing',
      mapKey,
      keyValues: key.slice(0, -2),
      time: key.at(-2) as number,
    })
    return id
  }

  #insert(timer: Timer): void {
    const timers = this.#byKey.get(timer.mapKey) ?? new Map<string, Timer>()
    this.#byKey.set(timer.mapKey, timers)
    timers.set(nameOf(timer), timer)
    this.#heaps[timer.kind].push(timer.time, timer)
  }

  #forget(timer: Timer): void {
    this.table.remove(timer)
    const timers = this.#byKey.get(timer.mapKey)
    timers?.delete(nameOf(timer))
    if (timers?.size === 0) this.#byKey.delete(timer.mapKey)
  }
}

const nameOf = ({ kind, time }: Pick<Timer, 'kind' | 'time'>): string => `${kind} ${time}`
