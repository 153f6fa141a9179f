// The inputs of a plan node.

import type { PlanNode } from 'millrace'

/** In order: left before right. */
export function childrenOf(node: PlanNode): readonly PlanNode[] {
  if ('left' in node) return [node.left, node.right]
  if ('inputs' in node) return node.inputs
  return 'input' in node ? [node.input] : []
}
