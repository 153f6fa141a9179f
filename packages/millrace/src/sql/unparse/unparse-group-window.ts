// Hopping windows whose size is no multiple of their slide: GROUP BY HOP(…) alone has them.

import type { PlanNodeOf } from '../../plan/node.ts'
import type { Expression } from '../ast/expression.ts'
import type { Block, BlockColumn } from './block.ts'
import { callOf } from './syntax.ts'
import { intervalOf, unparse, unparseAggregate } from './unparse-expression.ts'
import type { PlanUnparser } from './unparse-plan.ts'
import { durations, isOddHop } from './unparse-window.ts'

type Window = PlanNodeOf<'window'>

/** The window of such an aggregation; `undefined`: it has another, or none. */
export function oddWindow({ input, groupingSets }: PlanNodeOf<'aggregate'>): Window | undefined {
  return input.kind === 'window' && isOddHop(input.window) && !groupingSets ? input : undefined
}

/** `SELECT HOP_START(ts, …), … GROUP BY HOP(ts, …), …` */
export function unparseGroupWindow(
  unparser: PlanUnparser,
  node: PlanNodeOf<'aggregate'>,
  { input, window, timeColumn }: Window,
): Block {
  const block = unparser.unorderedInput(input)
  const { columns } = block
  const time = (columns[timeColumn] as BlockColumn).expression
  const call = (name: string): Expression =>
    callOf(name, [time, ...durations(window).map(intervalOf)])
  const parts = ['HOP_START', 'HOP_END', 'HOP_ROWTIME'].map(name => ({
    name,
    expression: call(name),
  }))
  const context = unparser.context([...columns, ...parts])
  const keys = node.keys.map(k => ({ name: k.name, expression: unparse(k.expression, context) }))
  const calls = node.aggregates.map(c => ({
    name: c.name,
    expression: unparseAggregate(c, context),
  }))
  const own = keys.map(k => k.expression).filter(e => !parts.some(p => p.expression === e))
  return {
    ...block,
    columns: [...keys, ...calls],
    isComputed: true,
    groupBy: [call('HOP'), ...own].map(expression => ({ kind: 'expression', expression })),
  }
}
