// What people know the parts of a plan by: tables and functions by their names, others by what they do.

import type { ExecNode } from './exec-node.ts'
import { describeExec } from './print-exec.ts'

/** Of longer descriptions the beginning tells enough. */
const MOST = 120

/** By the ids of nodes: `orders`, `group-aggregate by [k] COUNT(*)`. */
export function operatorNames(roots: readonly ExecNode[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const visit = (node: ExecNode): void => {
    if (names.has(node.id)) return
    names.set(node.id, nameOf(node))
    node.inputs.forEach(visit)
  }
  roots.forEach(visit)
  return names
}

function nameOf(node: ExecNode): string {
  if (node.kind === 'source' || node.kind === 'sink') return node.table.name
  if (node.kind === 'process') return node.process.name
  const text = describeExec(node)
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text
}
