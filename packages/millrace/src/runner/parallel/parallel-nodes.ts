// Which operators of a plan run on worker threads: keyed aggregations, the first on each path from a source.
//
//   main thread:  sources ─► … ─► [exchange by key] ─┐              ┌─► rest of the plan ─► sinks
//   workers:                                         └─► operator ──┘   (rows and watermarks come back)
//
// State is divided by key group: worker w of n owns the groups g with floor(g * n / 128) = w.

import type { ExecNode } from '../../compiler/exec-node.ts'
import type {
  GroupAggregateExec,
  WindowAggregateExec,
} from '../../compiler/nodes/aggregate-exec.ts'
import { KEY_GROUPS } from '../../state/key-group.ts'

/** An operator whose state is divided by the hash of its grouping keys. */
export type ParallelNode = GroupAggregateExec | WindowAggregateExec

export function parallelNodes(roots: readonly ExecNode[]): ReadonlySet<ParallelNode> {
  const found = new Set<ParallelNode>()
  const hasParallelBelow = new Map<ExecNode, boolean>()
  const visit = (node: ExecNode): boolean => {
    const known = hasParallelBelow.get(node)
    if (known !== undefined) return known
    const below = node.inputs.map(visit).some(Boolean)
    const here = !below && isDivisible(node)
    if (here) found.add(node as ParallelNode)
    hasParallelBelow.set(node, below || here)
    return below || here
  }
  roots.forEach(visit)
  return found
}

/** Its stored keys must be its grouping keys and nothing else: their hash is the key group by which it is divided. */
function isDivisible(node: ExecNode): boolean {
  if (node.kind !== 'group-aggregate' && node.kind !== 'window-aggregate') return false
  if (node.groupingSets || node.groupKeys.length === 0) return false
  if (node.kind === 'group-aggregate') return true
  return node.window.kind !== 'attached' && !isOnTheClock(node)
}

/** Windows of processing time are closed by this thread's clock, which workers do not see. */
function isOnTheClock(node: ExecNode): boolean {
  const [input] = node.inputs
  return input?.kind === 'processing-clock' || (input?.kind === 'calc' && isOnTheClock(input))
}

export function ownerOf(keyGroup: number, workers: number): number {
  return Math.floor((keyGroup * workers) / KEY_GROUPS)
}
