// The hint LOOKUP('table' = 't', …) of a SELECT, brought to the look-up join of that table.

import type { LookupHint } from '../../../plan/lookup-hint.ts'
import type { PlanNode } from '../../../plan/node.ts'
import type { Select, TableRef } from '../../ast/query.ts'
import { readLookupHint } from '../../parser/lookup-hint.ts'

/** The plan of FROM with what the hints say of its look-up joins. The parser has checked them; of two for a table the first counts. */
export function withLookupHints(plan: PlanNode, { hints, from }: Select): PlanNode {
  const byTable = new Map<string, LookupHint>()
  for (const hint of hints.filter(h => h.name === 'LOOKUP')) {
    const read = readLookupHint(hint)
    if ('lookup' in read && !byTable.has(read.table)) byTable.set(read.table, read.lookup)
  }
  return byTable.size > 0 && from ? hinted(plan, from, byTable) : plan
}

function hinted(
  plan: PlanNode,
  from: TableRef,
  byTable: ReadonlyMap<string, LookupHint>,
): PlanNode {
  if (from.kind !== 'join' || (plan.kind !== 'join' && plan.kind !== 'temporal-join')) return plan
  const left = hinted(plan.left, from.left, byTable)
  if (plan.kind === 'join') return { ...plan, left, right: hinted(plan.right, from.right, byTable) }
  const lookup = byTable.get(nameOf(from.right) ?? '')
  return plan.rightTimeColumn < 0 && lookup ? { ...plan, left, lookup } : { ...plan, left }
}

/** Tables are meant by their alias, or else by their name. */
function nameOf(ref: TableRef): string | undefined {
  if ('alias' in ref && ref.alias) return ref.alias.name.name
  return ref.kind === 'table' ? ref.path.at(-1)?.name : undefined
}
