// The physical plan as a graph of nodes and edges, for pages and tools that draw it.

import type { ChangelogMode } from '../types/changelog-mode.ts'
import type { ExecKind, ExecNode } from './exec-node.ts'
import { describeExec } from './print-exec.ts'

export interface GraphNode {
  readonly id: string
  readonly name: string
  readonly kind: ExecKind
  /** What it does, in one line. */
  readonly detail: string
}

export interface GraphEdge {
  readonly from: string
  readonly to: string
  readonly changelog: ChangelogMode
}

/**
 * Every node once, inputs before their consumers. Projections and watermarks are left out: they are melted into the pipeline
 * around them, and a graph is easier to read without.
 */
export function planGraph(roots: readonly ExecNode[]): {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
} {
  const nodes: GraphNode[] = []
  const edges: GraphEdge[] = []
  const seen = new Set<ExecNode>()
  const ids = graphIds(roots)
  const visit = (node: ExecNode): void => {
    if (seen.has(node)) return
    seen.add(node)
    node.inputs.forEach(visit)
    if (isMelted(node)) return
    const id = ids.get(node) as string
    nodes.push({ id, name: nameOf(node), kind: node.kind, detail: describeExec(node) })
    for (const input of node.inputs.map(seenThrough))
      edges.push({ from: ids.get(input) as string, to: id, changelog: input.output })
  }
  roots.forEach(visit)
  return { nodes, edges }
}

const isMelted = (node: ExecNode): boolean =>
  node.kind === 'watermark' || (node.kind === 'calc' && node.condition === undefined)

/** The node behind those that are left out. */
function seenThrough(node: ExecNode): ExecNode {
  const [input] = node.inputs
  return isMelted(node) && input ? seenThrough(input) : node
}

/** Ids of all nodes; stateless nodes have none of their own that is unique, so they are numbered. */
export function graphIds(roots: readonly ExecNode[]): ReadonlyMap<ExecNode, string> {
  const ids = new Map<ExecNode, string>()
  const used = new Map<string, number>()
  const visit = (node: ExecNode): void => {
    if (ids.has(node)) return
    ids.set(node, '')
    node.inputs.forEach(visit)
    const base = node.id.includes('(') ? node.kind : node.id
    const count = (used.get(base) ?? 0) + 1
    used.set(base, count)
    ids.set(node, count === 1 ? base : `${base}-${count}`)
  }
  roots.forEach(visit)
  return ids
}

function nameOf(node: ExecNode): string {
  if (node.kind === 'source' || node.kind === 'sink') return node.table.name
  if (node.kind === 'calc') return node.condition ? 'filter' : 'project'
  if (node.kind === 'process') return node.process.name
  return node.kind
}
