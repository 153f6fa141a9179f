// Partition pruning: a scan says which partitions are of use, so that files of others are not opened.
//
// The filter stays above: sources may give more than was asked for, and one source may serve several scans. It follows the
// push-down of filters, which brings conditions near the scan. It would be unsafe below a watermark in streaming: rows that no
// one asks for still move it, and so decide which others are late. Conditions that can fail, or that depend on clocks or chance,
// are left to the records.

import { columnsRead, inputsOf, walkExpression, walkPlan } from '../plan/children.ts'
import type { Expression } from '../plan/expression.ts'
import type { PlanNode, ScanNode, SinkNode } from '../plan/node.ts'
import { replaceColumns, transformPlan } from '../plan/transform.ts'
import { allOf, conjunctsOf, isDeterministic } from './expression-facts.ts'
import type { OptimizerSettings } from './optimizer-settings.ts'

/** The statements, in which scans of partitioned tables know the conditions on their partitions. */
export function prunePartitions(
  roots: readonly SinkNode[],
  { mode }: OptimizerSettings,
): readonly SinkNode[] {
  const shared = sharedNodes(roots)
  const annotate = (node: PlanNode): PlanNode => {
    if (node.kind !== 'filter') return node
    const path = pathToScan(node.input, mode)
    // A copy of what others read too would be computed twice; scans of one table are one source however many there are.
    if (!path || path.between.some(n => shared.has(n))) return node
    const { scan } = path
    const conditions = conjunctsOf(node.condition).flatMap(c => {
      const own = path.rename(c)
      return own && isOfPartition(own, scan) ? [own] : []
    })
    if (conditions.length === 0) return node
    return { ...node, input: path.rebuild({ ...scan, partitions: allOf(conditions) }) }
  }
  const done = new Map<PlanNode, PlanNode>()
  return roots.map(root => transformPlan(root, annotate, done) as SinkNode)
}

/** From below a filter down to a scan, through what neither drops rows nor minds that some do not come. */
interface Path {
  readonly scan: ScanNode
  readonly between: readonly PlanNode[]
  /** The condition over the columns of the scan's table; undefined when it reads what is computed. */
  rename(condition: Expression): Expression | undefined
  rebuild(scan: ScanNode): PlanNode
}

function pathToScan(node: PlanNode, mode: OptimizerSettings['mode']): Path | undefined {
  if (node.kind === 'scan') {
    if (!node.table.partitionedBy || node.partitions) return undefined
    return {
      scan: node,
      between: [],
      rename: c => replaceColumns(c, e => ({ ...e, index: node.columns[e.index] as number })),
      rebuild: scan => scan,
    }
  }
  if (node.kind === 'watermark' && mode === 'streaming') return undefined
  if (node.kind !== 'project' && node.kind !== 'watermark') return undefined
  const below = pathToScan(node.input, mode)
  if (!below) return undefined
  return {
    scan: below.scan,
    between: [node, ...below.between],
    rename: c => {
      const renamed = node.kind === 'project' ? throughProject(node.columns, c) : c
      return renamed && below.rename(renamed)
    },
    rebuild: scan => ({ ...node, input: below.rebuild(scan) }),
  }
}

function throughProject(
  columns: readonly { readonly expression: Expression }[],
  condition: Expression,
): Expression | undefined {
  const isPlain = columnsRead(condition).every(i => columns[i]?.expression.kind === 'column')
  return isPlain ? replaceColumns(condition, e => columns[e.index]?.expression) : undefined
}

function isOfPartition(condition: Expression, { table }: ScanNode): boolean {
  const read = columnsRead(condition)
  return (
    read.length > 0 &&
    read.every(i => table.partitionedBy?.includes(i)) &&
    isDeterministic(condition) &&
    !isLater(condition)
  )
}

function isLater(condition: Expression): boolean {
  for (const part of walkExpression(condition))
    if (part.kind === 'call' && part.binding.async) return true
  return false
}

function sharedNodes(roots: readonly SinkNode[]): ReadonlySet<PlanNode> {
  const seen = new Set<PlanNode>()
  const once = new Set<PlanNode>()
  const shared = new Set<PlanNode>()
  for (const root of roots)
    for (const node of walkPlan(root, seen))
      for (const input of inputsOf(node)) (once.has(input) ? shared : once).add(input)
  return shared
}
