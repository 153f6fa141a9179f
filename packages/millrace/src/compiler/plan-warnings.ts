// What the author of a plan should know: operators whose state grows for ever, and rows that may not be taken back as they were given.

import type { ExecNode } from './exec-node.ts'
import type { ExecutionMode } from './planner/planner.ts'
import { describeExec } from './print-exec.ts'

/** A line for each. Batch input ends, and its state with it. */
export function planWarnings(roots: readonly ExecNode[], mode: ExecutionMode): readonly string[] {
  if (mode === 'batch') return []
  const seen = new Set<ExecNode>()
  const warnings: string[] = []
  const visit = (node: ExecNode): void => {
    if (seen.has(node)) return
    seen.add(node)
    const isBounded = node.ttl?.ms.every(ms => ms > 0)
    if (GROWS.has(node.kind) && !isBounded && !isSingleEntry(node))
      warnings.push(
        `${describeExec(node)}: keeps state for every key for ever. Bound it by a window, or by a time to live ('table.exec.state.ttl').`,
      )
    if (node.kind === 'over' && node.by === 'values' && !isBounded)
      warnings.push(
        `${describeExec(node)}: keeps all rows for ever, for later ones may change what was given out. Order by time to bound it.`,
      )
    if (node.kind === 'match' && node.definition.withinMs === 0)
      warnings.push(
        `${describeExec(node)}: keeps partial matches of every key until a row ends them. Use WITHIN to bound it.`,
      )
    if (node.kind === 'key-lookup-join' && node.inputs[0]?.output !== 'append')
      warnings.push(
        `${describeExec(node)}: a row that is taken back is looked up again, and may find other rows than were given out. Keep answers ('lookup.cache'), or look up before the rows are updated.`,
      )
    node.inputs.forEach(visit)
  }
  roots.forEach(visit)
  return warnings
}

const GROWS = new Set([
  'group-aggregate',
  'join',
  'deduplicate',
  'materialize',
  'normalize',
  'rank',
  'set-operation',
])

/** One group, or the best rows of all: as large at the end as at the beginning. */
function isSingleEntry(node: ExecNode): boolean {
  switch (node.kind) {
    case 'group-aggregate':
      return node.keys[0]?.length === 0
    case 'deduplicate':
      return node.partition.length === 0
    case 'rank':
      return node.partition.length === 0 && node.inputs[0]?.output === 'append'
    default:
      return false
  }
}
