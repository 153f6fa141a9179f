// Filters and projections of the physical plan.

import type { Expression, NamedExpression } from '../../plan/expression.ts'
import type { ExecNode } from '../exec-node.ts'
import type { CalcExec } from '../nodes/row-exec.ts'
import { projectKeys } from './node-properties.ts'

/** A filter and projection over a node; melted into the pipeline around it. */
export function createCalc(
  input: ExecNode,
  columns: readonly NamedExpression[],
  condition?: Expression,
): CalcExec {
  return {
    kind: 'calc',
    id: `calc(${input.id})`,
    inputs: [input],
    schema: columns.map(c => ({ name: c.name, type: c.expression.type })),
    output: input.output,
    keys: projectKeys(input.keys, columns),
    ...(condition && { condition }),
    columns,
  }
}
