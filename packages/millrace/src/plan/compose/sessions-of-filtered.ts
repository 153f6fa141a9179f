// Sessions that are aggregated are those of the rows that pass the filters between.

import { columnsRead } from '../children.ts'
import { createLogical } from '../create-expression.ts'
import { columnAt, createFilter, createProject, createWindow } from '../create-node.ts'
import type { Expression, NamedExpression } from '../expression.ts'
import type { FilterNode, PlanNode, ProjectNode, WindowNode } from '../node.ts'
import { replaceColumns } from '../transform.ts'

/**
 * The input of an aggregation by window, its filters put below the session function that they stand over: as Flink reads it, a row
 * that is filtered out keeps no session together. Other inputs, and filters that read the window, stay.
 *
 * @see Flink's PullUpWindowTableFunctionIntoWindowAggregateRule
 */
export function sessionsOfFiltered(input: PlanNode, keys: readonly NamedExpression[]): PlanNode {
  const steps: (FilterNode | ProjectNode)[] = []
  let base = input
  for (; base.kind === 'filter' || base.kind === 'project'; base = base.input) steps.unshift(base)
  if (base.kind !== 'window' || base.window.kind !== 'session') return input
  const conditions: Expression[] = []
  let columns: readonly Expression[] = base.schema.map((_, i) => columnAt(base, i))
  const below = (e: Expression) => replaceColumns(e, c => columns[c.index])
  for (const step of steps)
    if (step.kind === 'filter') conditions.push(below(step.condition))
    else columns = step.columns.map(c => below(c.expression))
  const window = base.input.schema.length
  const isByWindow = [window, window + 1].every(bound =>
    keys.some(({ expression }) => {
      const key = below(expression)
      return key.kind === 'column' && key.index === bound
    }),
  )
  if (conditions.length === 0 || !isByWindow) return input
  if (columnsRead(...conditions).some(i => i >= window)) return input
  return rebuild(base, conditions, steps)
}

function rebuild(
  { input, timeColumn, window }: WindowNode,
  conditions: readonly Expression[],
  steps: readonly (FilterNode | ProjectNode)[],
): PlanNode {
  const kept = createFilter(input, createLogical('and', conditions))
  return steps.reduce<PlanNode>(
    (node, step) => (step.kind === 'project' ? createProject(node, step.columns) : node),
    createWindow(kept, timeColumn, window),
  )
}
