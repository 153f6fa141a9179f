// Runs a user's process function: keyed state, timers, side outputs.

import type { ProcessContext, ProcessFunction } from '../../plan/process-function.ts'
import { MillraceError } from '../../types/errors.ts'
import type { MapKey } from '../../types/key-text.ts'
import type { Schema } from '../../types/schema.ts'
import { fromUserRow, toUserRow, toUserValue } from '../../types/user-value.ts'
import { INSERT, MAX_WATERMARK, type Row, type RowKindCode } from '../../types/value.ts'
import { UserFunctionError } from '../user-function-error.ts'
import type { JoinKey } from './joins/join-key.ts'
import { createKeyedState, type CurrentKey, type KeyedState } from './keyed-state.ts'
import { type ProcessKey, ProcessKeys } from './process-keys.ts'
import { ProcessTimers, type Timer, type TimerKind } from './process-timers.ts'
import type { EmitRow } from './row-operator.ts'
import type { StoredRow } from './state-table.ts'
import { type OperatorPlace, StatefulRowOperator } from './stateful-row-operator.ts'

export interface ProcessSettings {
  readonly place: OperatorPlace
  readonly function: ProcessFunction
  /** All its columns NULL-safe. */
  readonly key: JoinKey
  readonly inputSchema: Schema
  readonly outputSchema: Schema
  /** Undefined without an event-time column, or where it is NULL. */
  readonly timeOf: (row: Row) => number | undefined
  /** Processing time, epoch ms. */
  readonly nowMs: () => number
  /** An error in a timer: `row` is the key. Throws when the policy is to fail. */
  readonly timerFailed: (error: unknown, row: Row) => void
}

/** Timers of one key that may fire at the end of the input before its function counts as setting them forever. */
const MOST_FINAL_TIMERS = 10_000

/**
 * Calls `onEvent` per row and `onTimer` per timer, in the order of their times, ties in the order in which they were set. A timer
 * that is due when it is set fires once the callback at hand has returned. At the end of the input all event timers fire.
 *
 * State table 0 holds the timers, 1 and on the declared states in the order of their declaration.
 */
export class ProcessOperator extends StatefulRowOperator {
  readonly #settings: ProcessSettings
  readonly #timers: ProcessTimers
  readonly #states: readonly KeyedState[]
  readonly #sideOutputs = new Map<string, EmitRow[]>()
  readonly #toUser: (row: Row) => object
  readonly #context: RunningContext
  readonly #current: CurrentKey
  readonly #keys: ProcessKeys | undefined

  constructor(settings: ProcessSettings) {
    super(settings.place)
    this.#settings = settings
    const { function: user, key, inputSchema } = settings
    this.#toUser = toUserRow(inputSchema, user.reads)
    this.#current = { mapKey: 0, keyValues: [], nextId: () => this.nextId++ }
    this.#timers = new ProcessTimers(0, key.types)
    const declarations = Object.entries(user.state)
    const timeLine = settings.place.ttl?.line
    this.#states = declarations.map(([name, declaration], i) =>
      createKeyedState(
        { name, table: i + 1, keyTypes: key.types, current: this.#current, timeLine },
        declaration,
      ),
    )
    const keys = timeLine && new ProcessKeys(this.#states)
    if (keys)
      keys.expiry = this.expiring<ProcessKey>({
        drop: k => keys.drop(k),
        stamped: k => keys.store(k),
        isHeld: k => this.#timers.has(k.mapKey),
      })
    this.#keys = keys
    this.tables = [this.#timers.table, ...this.#states.map(s => s.table)]
    this.#context = this.#createContext(declarations.map(([name]) => name))
  }

  /** Where rows of a side output go; it may have several readers, or none. */
  bindSideOutput(name: string, emit: EmitRow): void {
    const readers = this.#sideOutputs.get(name)
    if (readers) readers.push(emit)
    else this.#sideOutputs.set(name, [emit])
  }

  process(_input: number, _kind: RowKindCode, row: Row): void {
    this.recordsIn++
    const { key, timeOf, function: user } = this.#settings
    const keyValues = key.valuesOf(row)
    const mapKey = key.mapKeyOf(keyValues) as MapKey
    this.#select(mapKey, keyValues)
    this.#keys?.begin(mapKey)
    const { watermark } = this.place.clock
    this.#context.timestamp = timeOf(row)
    this.#context.watermark = watermark
    try {
      this.#guard('onEvent', () => user.onEvent(this.#toUser(row), this.#context))
    } finally {
      this.#keys?.end(mapKey)
      this.#settle(watermark)
    }
  }

  override advance(watermark: number): void {
    this.#context.watermark = watermark
    this.#fire('event', watermark)
    this.deadline = this.#timers.earliest('event')
  }

  get processingDeadline(): number {
    return this.#timers.earliest('processing')
  }

  advanceProcessingTime(nowMs: number): void {
    const { watermark } = this.place.clock
    this.#context.watermark = watermark
    this.#fire('processing', nowMs)
    this.#settle(watermark)
  }

  /** After a callback: fires event timers that it set and that are due, and awaits the others. */
  #settle(watermark: number): void {
    this.#fire('event', watermark)
    this.expect(this.#timers.earliest('event'))
  }

  #fire(kind: TimerKind, now: number): void {
    const fired = now === MAX_WATERMARK ? new Map<MapKey, number>() : undefined
    for (
      let timer = this.#timers.takeDue(kind, now);
      timer;
      timer = this.#timers.takeDue(kind, now)
    )
      this.#call(timer, fired)
  }

  #call(timer: Timer, fired: Map<MapKey, number> | undefined): void {
    const { onTimer, name } = this.#settings.function
    if (!onTimer) return
    const count = (fired?.get(timer.mapKey) ?? 0) + 1
    fired?.set(timer.mapKey, count)
    this.#select(timer.mapKey, timer.keyValues)
    this.#context.timestamp = timer.time
    try {
      if (count > MOST_FINAL_TIMERS) throw new EndlessTimersError(name)
      this.#guard('onTimer', () => onTimer(this.#context))
    } catch (error) {
      this.#settings.timerFailed(error, [...timer.keyValues])
    }
    this.#keys?.end(timer.mapKey, timer.kind === 'event' ? timer.time : undefined)
  }

  #guard(callback: string, call: () => void): void {
    try {
      call()
    } catch (cause) {
      if (cause instanceof MillraceError) throw cause
      throw new UserFunctionError({ name: this.#settings.function.name, callback, cause })
    }
  }

  #select(mapKey: MapKey, keyValues: Row): void {
    this.#current.mapKey = mapKey
    this.#current.keyValues = keyValues
    this.#context.forgetKey()
  }

  #createContext(stateNames: readonly string[]): RunningContext {
    const { function: user, key, outputSchema, nowMs } = this.#settings
    const write = fromUserRow(outputSchema)
    const sideWriters = new Map(
      Object.entries(user.sideOutputs).map(([name, schema]) => [name, fromUserRow(schema)]),
    )
    const readKey = key.types.map(toUserValue)
    const current = this.#current
    return new RunningContext({
      nowMs,
      key: () => {
        const values = current.keyValues.map((v, i) => readKey[i]?.(v))
        return values.length === 1 ? values[0] : values.length === 0 ? undefined : values
      },
      state: Object.fromEntries(stateNames.map((name, i) => [name, this.#states[i]?.handle])),
      emit: value => this.give(INSERT, write(value)),
      emitTo: (output, value) => {
        const writeSide = sideWriters.get(output)
        if (!writeSide) throw new UnknownSideOutputError(user.name, output, [...sideWriters.keys()])
        for (const reader of this.#sideOutputs.get(output) ?? []) reader(INSERT, writeSide(value))
      },
      setTimer: (timeMs, kind = 'event') => {
        const time = Math.ceil(timeMs)
        if (Number.isNaN(time)) throw new InvalidTimerError(user.name)
        const { mapKey, keyValues } = current
        this.#timers.set({ id: this.nextId++, kind, mapKey, keyValues, time })
      },
      clearTimer: (timeMs, kind = 'event') =>
        this.#timers.clear(current.mapKey, kind, Math.ceil(timeMs)),
    })
  }

  protected put(stored: StoredRow): void {
    const { key } = this.#settings
    const mapKey = key.mapKeyOf(stored.key.slice(0, key.types.length)) as MapKey
    const owner = stored.table === 0 ? this.#timers : (this.#states[stored.table - 1] as KeyedState)
    this.reserveId(owner.put(stored, mapKey))
    if (stored.table > 0) this.#keys?.put(mapKey, stored.stamp)
  }

  override restored(): void {
    for (const state of this.#states) state.restored()
    this.#keys?.restored()
    this.expect(this.#timers.earliest('event'))
  }
}

interface ContextParts
  extends Pick<ProcessContext, 'state' | 'emit' | 'emitTo' | 'setTimer' | 'clearTimer'> {
  readonly nowMs: () => number
  readonly key: () => unknown
}

/** The one context of an operator; its functions may be taken out of it. */
class RunningContext implements ProcessContext {
  timestamp: number | undefined
  watermark = Number.NEGATIVE_INFINITY
  readonly state: ProcessContext['state']
  readonly emit: ProcessContext['emit']
  readonly emitTo: ProcessContext['emitTo']
  readonly setTimer: ProcessContext['setTimer']
  readonly clearTimer: ProcessContext['clearTimer']
  readonly #parts: ContextParts
  #key: { readonly value: unknown } | undefined

  constructor(parts: ContextParts) {
    this.#parts = parts
    this.state = parts.state
    this.emit = parts.emit
    this.emitTo = parts.emitTo
    this.setTimer = parts.setTimer
    this.clearTimer = parts.clearTimer
  }

  get now(): number {
    return this.#parts.nowMs()
  }

  /** Made when it is asked for: most functions never do. */
  get key(): unknown {
    this.#key ??= { value: this.#parts.key() }
    return this.#key.value
  }

  forgetKey(): void {
    this.#key = undefined
  }
}

class UnknownSideOutputError extends MillraceError {
  constructor(name: string, output: string, known: readonly string[]) {
    const list = known.length === 0 ? 'none' : known.map(k => JSON.stringify(k)).join(', ')
    super('MR_DATA_EVALUATION', `${name} has no side output "${output}"; declared: ${list}`, {
      remedy: 'Declare it in sideOutputs.',
    })
  }
}

class InvalidTimerError extends MillraceError {
  constructor(name: string) {
    super('MR_DATA_EVALUATION', `${name} set a timer whose time is not a number`, {
      remedy: 'Pass epoch ms; ctx.timestamp is undefined without an event-time column.',
    })
  }
}

class EndlessTimersError extends MillraceError {
  constructor(name: string) {
    super(
      'MR_DATA_EVALUATION',
      `onTimer of ${name} goes on setting timers after the end of the input`,
      { remedy: 'Set no further timer once ctx.watermark is Infinity.' },
    )
  }
}
