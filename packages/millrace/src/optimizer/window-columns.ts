// Which columns hold the window of a row: aggregations that group by them are windowed, and must stay recognisable.

import { columnsRead } from '../plan/children.ts'
import type { Expression } from '../plan/expression.ts'
import type { PlanNode } from '../plan/node.ts'

/** Whether the expression reads a column that a window function appended. */
export function readsWindow(expression: Expression, input: PlanNode): boolean {
  return columnsRead(expression).some(i => isWindowColumn(i, input))
}

function isWindowColumn(index: number, node: PlanNode): boolean {
  switch (node.kind) {
    case 'window':
      return index >= node.input.schema.length
    case 'project': {
      const from = node.columns[index]?.expression
      return from !== undefined && readsWindow(from, node.input)
    }
    case 'filter':
    case 'sort':
      return isWindowColumn(index, node.input)
    case 'unnest':
    case 'rank':
    case 'over':
      return index < node.input.schema.length && isWindowColumn(index, node.input)
    default:
      return false
  }
}
