// The columns that identify a row of a plan, where they can be told: what a temporal join's right side needs.

import type { PlanNode } from './node.ts'

/** Positions of a unique key; empty when none is known. */
export function uniqueKeyOf(node: PlanNode): readonly number[] {
  switch (node.kind) {
    case 'scan':
      return node.table.primaryKey
    case 'filter':
    case 'watermark':
    case 'sort':
      return uniqueKeyOf(node.input)
    case 'project': {
      const key = uniqueKeyOf(node.input).map(index =>
        node.columns.findIndex(
          ({ expression }) => expression.kind === 'column' && expression.index === index,
        ),
      )
      return key.includes(-1) ? [] : key
    }
    case 'aggregate':
      return node.groupingSets ? [] : node.keys.map((_, i) => i)
    case 'rank': {
      if (node.from !== 1 || node.to !== 1 || node.function !== 'row_number') return []
      const key = node.partition.map(e => (e.kind === 'column' ? e.index : -1))
      return key.includes(-1) ? [] : key
    }
    default:
      return []
  }
}
