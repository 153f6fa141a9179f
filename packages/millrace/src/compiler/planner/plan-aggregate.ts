// Which aggregation a logical one becomes: over a window TVF, over rows that already are in windows, or unwindowed.

import { columnsRead } from '../../plan/children.ts'
import type { AggregateCall, Expression, NamedExpression } from '../../plan/expression.ts'
import type { PlanNodeOf, WindowSpec } from '../../plan/node.ts'
import { mapAggregate } from '../../plan/map-children.ts'
import type { AttachedWindow, WindowOutput } from '../nodes/aggregate-exec.ts'
import type { ExecNode } from '../exec-node.ts'
import { groupingId } from '../exec/grouping-sets.ts'
import { collapse, substitute } from './collapse.ts'
import { windowColumns } from './node-properties.ts'
import { describeAggregate, describeExpressions } from './operator-ids.ts'
import { PlanError } from './plan-error.ts'
import { createCalc } from './create-calc.ts'
import { latenessMsOf } from './lateness.ts'
import type { Planner } from './planner.ts'
import { planWindowInput } from './plan-window.ts'

type Aggregate = PlanNodeOf<'aggregate'>

/** Where the window's bounds are among the input's columns. */
interface Bounds {
  readonly start: number
  readonly end: number
  readonly time: number
}

export function planAggregate(planner: Planner, node: Aggregate): ExecNode {
  return planOverWindow(planner, node) ?? planAttached(planner, node) ?? planGroup(planner, node)
}

/** GROUP BY window_start, window_end straight over a TVF: the window is part of the aggregation, slices are shared. */
function planOverWindow(planner: Planner, node: Aggregate): ExecNode | undefined {
  const { base, columns, condition } = collapse(node.input)
  if (base.kind !== 'window' || base.window.kind === 'session') return undefined
  const width = base.input.schema.length
  const keys = node.keys.map(k => ({ ...k, expression: substitute(k.expression, columns) }))
  const calls = node.aggregates.map(c => mapAggregate(c, e => substitute(e, columns)))
  const bounds = { start: width, end: width + 1, time: width + 2 }
  const split = splitKeys(keys, bounds, node.groupingSets)
  const others = [
    ...split.keys.map(k => k.expression),
    ...calls.flatMap(c => [...c.args, ...(c.filter ? [c.filter] : [])]),
    ...(condition ? [condition] : []),
  ]
  // Expressions over the window's own columns need rows that are in windows.
  if (!split.windowed || columnsRead(...others).some(i => i >= width)) return undefined
  const input = planWindowInput(planner, base.input, base.timeColumn)
  const filtered = condition ? createCalc(input, identity(input), condition) : input
  return windowAggregate(planner, node, filtered, base.window, base.timeColumn, split, calls)
}

/** Over rows that are in windows: the window columns among the keys make it a windowed aggregation again. */
function planAttached(planner: Planner, node: Aggregate): ExecNode | undefined {
  const input = planner.plan(node.input)
  const bounds = windowColumns(input)
  if (!bounds || input.output !== 'append') return undefined
  const split = splitKeys(node.keys, bounds, node.groupingSets)
  if (!split.windowed) return undefined
  const window: AttachedWindow = {
    kind: 'attached',
    startColumn: bounds.start,
    endColumn: bounds.end,
  }
  return windowAggregate(
    planner,
    node,
    input,
    window,
    Math.max(0, bounds.time),
    split,
    node.aggregates,
  )
}

interface SplitKeys {
  readonly keys: readonly NamedExpression[]
  /** Per key of the node: a window property, or the position among `keys`. */
  readonly outputs: readonly WindowOutput[]
  /** Start and end of the window are keys, of each grouping set too. */
  readonly windowed: boolean
}

function splitKeys(
  keys: readonly NamedExpression[],
  bounds: Bounds,
  sets: readonly (readonly number[])[] = [[...keys.keys()]],
): SplitKeys {
  const kept: NamedExpression[] = []
  const outputs = keys.map((key): WindowOutput => {
    const index = key.expression.kind === 'column' ? key.expression.index : -1
    if (index === bounds.start) return { kind: 'window_start' }
    if (index === bounds.end) return { kind: 'window_end' }
    if (index >= 0 && index === bounds.time) return { kind: 'window_time' }
    kept.push(key)
    return { kind: 'key', index: kept.length - 1 }
  })
  const has = (kind: string) =>
    sets.every(set => set.some(position => outputs[position]?.kind === kind))
  return { keys: kept, outputs, windowed: has('window_start') && has('window_end') }
}

function windowAggregate(
  planner: Planner,
  node: Aggregate,
  input: ExecNode,
  window: Exclude<WindowSpec, { kind: 'session' }> | AttachedWindow,
  timeColumn: number,
  split: SplitKeys,
  aggregates: readonly AggregateCall[],
): ExecNode {
  if (window.kind === 'hop' || window.kind === 'cumulate') requireMerge(aggregates, window.kind)
  const keyOf = (position: number): number => {
    const output = split.outputs[position]
    return output?.kind === 'key' ? output.index : -1
  }
  const outputs: WindowOutput[] = [
    ...split.outputs,
    ...aggregates.map((_, index): WindowOutput => ({ kind: 'aggregate', index })),
    ...(node.groupingSets ? [{ kind: 'grouping' } as const] : []),
  ]
  return {
    kind: 'window-aggregate',
    id: planner.ids.next(
      'window-aggregate',
      [input],
      [
        JSON.stringify(window),
        describeExpressions(split.keys.map(k => k.expression)),
        aggregates.map(a => describeAggregate(a)).join(', '),
      ],
    ),
    inputs: [input],
    schema: node.schema,
    output: latenessMsOf(planner) > 0 ? 'retract' : 'append',
    keys: [uniqueKey(node)],
    timeColumn,
    window,
    groupKeys: split.keys,
    aggregates,
    groupingSets: node.groupingSets?.map(set => set.map(keyOf).filter(i => i >= 0)),
    groupingIds: node.groupingSets?.map(set => groupingId(set, node.keys.length)),
    outputs,
    latenessMs: latenessMsOf(planner),
  }
}

/** Overlapping windows are put together from slices. */
function requireMerge(aggregates: readonly AggregateCall[], window: string): void {
  for (const { function: name, binding } of aggregates)
    if (!binding.merge)
      throw new PlanError(
        'MR_PLAN_INVALID',
        `${name} has no merge, which a ${window.toUpperCase()} window needs`,
        'Give the function a merge, or use a TUMBLE window.',
      )
}

function planGroup(planner: Planner, node: Aggregate): ExecNode {
  const input = planner.plan(node.input)
  return {
    kind: 'group-aggregate',
    id: planner.ids.next(
      'group-aggregate',
      [input],
      [
        describeExpressions(node.keys.map(k => k.expression)),
        node.aggregates.map(a => describeAggregate(a)).join(', '),
      ],
    ),
    inputs: [input],
    schema: node.schema,
    output: planner.mode === 'batch' ? 'append' : 'retract',
    keys: [uniqueKey(node)],
    groupKeys: node.keys,
    aggregates: node.aggregates,
    groupingSets: node.groupingSets,
    emitsUpdateBefore: true,
    ...(node.stateTtlMs === undefined ? {} : { ttlHintMs: [node.stateTtlMs] }),
  }
}

/** The keys, and with grouping sets the column that tells a NULL of the data from one of the set. */
const uniqueKey = (node: Aggregate): readonly number[] =>
  node.groupingSets ? [...node.keys.keys(), node.schema.length - 1] : [...node.keys.keys()]

/** Every column of a node, as a projection. */
export function identity(node: ExecNode): readonly NamedExpression[] {
  return node.schema.map(({ name, type }, index) => ({
    name,
    expression: { kind: 'column', name, type, index } satisfies Expression,
  }))
}
