// Equal parts of the statements become one node: a view that is read twice is computed once, a table has one watermark.
//
// Safe because plans have no identity of their own: two nodes that do the same to the same rows give the same rows. Sinks are
// never merged (two INSERTs write twice), nor what depends on clocks or chance.

import { inputsOf } from '../plan/children.ts'
import { mapInputs } from '../plan/map-children.ts'
import type { PlanNode, SinkNode } from '../plan/node.ts'
import { StructuralKeys } from './structural-key.ts'

/** The statements with one node for all that are equal: hash-consing, from the leaves up. */
export function dedupeSubplans(roots: readonly SinkNode[]): readonly SinkNode[] {
  const keys = new StructuralKeys()
  const nodes = new Map<string, PlanNode>()
  const done = new Map<PlanNode, PlanNode>()
  const unify = (node: PlanNode): PlanNode => {
    const known = done.get(node)
    if (known) return known
    const unified = mapInputs(node, unify)
    const key = keys.node(
      unified,
      inputsOf(unified).map(i => keys.identity(i)),
    )
    const one = nodes.get(key) ?? unified
    nodes.set(key, one)
    done.set(node, one)
    return one
  }
  return roots.map(root => mapInputs(root, unify) as SinkNode)
}
