// Physical nodes of GROUP BY.

import type { AggregateCall, NamedExpression } from '../../plan/expression.ts'
import type { WindowSpec } from '../../plan/node.ts'
import type { Exec } from './exec.ts'

/** Unwindowed GROUP BY. Output: keys, aggregates. */
export interface GroupAggregateExec extends Exec {
  readonly kind: 'group-aggregate'
  readonly groupKeys: readonly NamedExpression[]
  readonly aggregates: readonly AggregateCall[]
  readonly groupingSets: readonly (readonly number[])[] | undefined
  /** The node below takes back whole rows, so -U must be sent. */
  readonly emitsUpdateBefore: boolean
}

/** What a windowed aggregation gives out: its keys, the aggregates, or a property of the window, by position. */
export type WindowOutput =
  | { readonly kind: 'key' | 'aggregate'; readonly index: number }
  | { readonly kind: 'window_start' | 'window_end' | 'window_time' | 'grouping' }

/** The windows that rows already are in, by columns: a further aggregation over window_start, window_end. */
export interface AttachedWindow {
  readonly kind: 'attached'
  readonly startColumn: number
  readonly endColumn: number
}

/** GROUP BY with window_start, window_end of a window TVF; emits once per window and key, when the window closes. */
export interface WindowAggregateExec extends Exec {
  readonly kind: 'window-aggregate'
  /** How long after its end a window takes rows, ms; each then gives its result anew. */
  readonly latenessMs: number
  /** The input's time attribute; unused when the window is attached. */
  readonly timeColumn: number
  readonly window: Exclude<WindowSpec, { kind: 'session' }> | AttachedWindow
  readonly groupKeys: readonly NamedExpression[]
  readonly aggregates: readonly AggregateCall[]
  readonly groupingSets: readonly (readonly number[])[] | undefined
  /** The value of `$grouping` for each set: its bits count the window's columns among the keys, which `groupKeys` do not hold. */
  readonly groupingIds: readonly number[] | undefined
  readonly outputs: readonly WindowOutput[]
}
