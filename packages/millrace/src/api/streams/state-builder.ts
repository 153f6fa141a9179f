// Declarations of keyed state: one value, a list, a map a key.

import type { StateDeclaration } from '../../plan/process-function.ts'
import type { ListState, MapState, ValueState } from '../../plan/state-handles.ts'
import type { SqlType, ValueOf } from '../columns/sql-type.ts'

declare const handle: unique symbol

/** A declaration of state whose handle is an `H`. */
export interface StateSpec<out H = unknown> {
  readonly [handle]?: H
  readonly declaration: StateDeclaration
}

export type StateSpecs = Readonly<Record<string, StateSpec>>

/** The handles of declared state. */
export type StateHandles<S extends StateSpecs> = {
  readonly [N in keyof S]: S[N] extends StateSpec<infer H> ? H : never
}

/** One value a key. */
export function value<C extends SqlType>(type: C): StateSpec<ValueState<ValueOf<C>>> {
  return { declaration: { kind: 'value', type: type.dataType } }
}

/** A list a key. */
export function list<C extends SqlType>(type: C): StateSpec<ListState<ValueOf<C>>> {
  return { declaration: { kind: 'list', type: type.dataType } }
}

/** A map a key. */
export function map<A extends SqlType, B extends SqlType>(
  key: A,
  of: B,
): StateSpec<MapState<ValueOf<A>, ValueOf<B>>> {
  return { declaration: { kind: 'map', key: key.dataType, value: of.dataType } }
}
