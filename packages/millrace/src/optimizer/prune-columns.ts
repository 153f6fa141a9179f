// Column pruning: what nobody reads is not decoded, carried or kept; of nested columns only the fields that are read.
//
// Safe because a node's meaning depends on the columns it reads alone, and those are kept: conditions, keys, time attributes,
// primary keys, everything a sink writes. A node with several consumers keeps what any of them reads and stays one node, so
// that a table is still read once and has one watermark. It would be unsafe to drop grouping keys (they decide how many rows
// there are), an input of a set operation (it compares whole rows), or all calls of an OVER (it drops late rows).

import { inputsOf } from '../plan/children.ts'
import type { PlanNode, SinkNode } from '../plan/node.ts'
import { relocated } from '../plan/origin.ts'
import { ColumnDemand } from './pruning/column-demand.ts'
import type { Pruned } from './pruning/column-places.ts'
import { collectDemands } from './pruning/collect-demands.ts'
import { inputDemands } from './pruning/input-demands.ts'
import { createPruneNode } from './pruning/prune-node.ts'

/** The statements, reading only what they need. */
export function pruneColumns(roots: readonly SinkNode[]): readonly SinkNode[] {
  const demands = collectDemands(roots)
  const done = new Map<PlanNode, Pruned>()
  const pruneNode = createPruneNode()
  const prune = (node: PlanNode): Pruned => {
    const known = done.get(node)
    if (known) return known
    const own = demands.get(node) ?? new ColumnDemand()
    const made = pruneNode(node, own, inputsOf(node).map(prune), inputDemands(node, own))
    const isSame = made.node.kind === node.kind
    const pruned = isSame ? { ...made, node: relocated(made.node, node) } : made
    done.set(node, pruned)
    return pruned
  }
  return roots.map(root => prune(root).node as SinkNode)
}
