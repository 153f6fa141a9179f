// What a process function is made of: state, output, callbacks.

import type { Columns, RowOf } from '../columns/sql-type.ts'
import type { StateHandles, StateSpecs } from './state-builder.ts'

export type SideOutputs = Readonly<Record<string, Columns>>

/** What a running function may do. Times are epoch ms. */
export interface ProcessingContext<
  K,
  O extends Columns,
  S extends StateSpecs,
  U extends SideOutputs,
> {
  /** The key at hand: the value, or the values of several key columns as an array. */
  readonly key: K
  /** The event's time, or in `onTimer` the timer's; undefined without an event-time column. */
  readonly timestamp: number | undefined
  readonly watermark: number
  /** Processing time. */
  readonly now: number
  readonly state: StateHandles<S>
  emit(event: RowOf<O>): void
  emitTo<N extends keyof U & string>(output: N, event: RowOf<U[N]>): void
  /** Calls `onTimer` for this key once the watermark (or the clock) has passed `timeMs`. Set twice, it is called once. */
  setTimer(timeMs: number, kind?: 'event' | 'processing'): void
  clearTimer(timeMs: number, kind?: 'event' | 'processing'): void
}

export interface ProcessDefinition<
  C extends Columns,
  K,
  O extends Columns,
  S extends StateSpecs,
  U extends SideOutputs,
> {
  /** For plans and state; absent: `process`. */
  readonly name?: string
  /** State by name: `{ since: value(t.timestamp()) }`. */
  readonly state?: S
  /** The columns of what it emits; absent: those of its input. */
  readonly output?: O
  /** The columns of further outputs, by name; each is read by `.sideOutput(name)`. */
  readonly sideOutputs?: U
  onEvent(event: RowOf<C>, context: ProcessingContext<K, O, S, U>): void
  onTimer?(context: ProcessingContext<K, O, S, U>): void
}
