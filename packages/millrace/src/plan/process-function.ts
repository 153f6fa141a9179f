// A user's function in the plan: opaque code, of which the planner knows the columns it reads and the state it declares.

import type { DataType } from '../types/data-type.ts'
import type { Schema } from '../types/schema.ts'

/** Keyed state that a process function declares. */
export type StateDeclaration =
  | { readonly kind: 'value'; readonly type: DataType }
  | { readonly kind: 'list'; readonly type: DataType }
  | { readonly kind: 'map'; readonly key: DataType; readonly value: DataType }

/** What a running function may do. Rows in and out are user-side objects `{ column: value }`. */
export interface ProcessContext {
  readonly key: unknown
  /** The record's event time (or the timer's time), epoch ms; undefined without a time attribute. */
  readonly timestamp: number | undefined
  /** The operator's watermark, epoch ms. */
  readonly watermark: number
  /** Processing time, epoch ms. */
  readonly now: number
  readonly state: Readonly<Record<string, unknown>>
  emit(value: object): void
  emitTo(output: string, value: object): void
  setTimer(timeMs: number, kind?: 'event' | 'processing'): void
  clearTimer(timeMs: number, kind?: 'event' | 'processing'): void
}

export interface ProcessFunction {
  /** For plans: `map`, `filter`, `flatMap`, `process`. */
  readonly name: string
  /** Columns (indexes of the input) that the function reads; absent: all. */
  readonly reads?: readonly number[]
  readonly state: Readonly<Record<string, StateDeclaration>>
  /** Side outputs: name → schema. The main output's schema is the node's. */
  readonly sideOutputs: Readonly<Record<string, Schema>>
  onEvent(value: object, context: ProcessContext): void
  readonly onTimer?: (context: ProcessContext) => void
}
