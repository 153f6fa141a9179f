// Which nodes of a physical plan drop idle state, after how long, and by what time.

import type { TimeLine } from '../../runtime/operators/state-ttl.ts'
import type { ExecKind, ExecNode } from '../exec-node.ts'
import type { SinkExec } from '../nodes/changelog-exec.ts'

/** Nodes with state for every key that they have seen. Others bound their state by time, or hold a single entry. */
const EXPIRING: ReadonlySet<ExecKind> = new Set<ExecKind>([
  'deduplicate',
  'group-aggregate',
  'join',
  'materialize',
  'normalize',
  'over',
  'process',
  'rank',
  'set-operation',
])

/** The plan with a time to live on each node whose state grows with its keys. */
export function assignStateTtl(roots: readonly SinkExec[], ttlMs: number): readonly SinkExec[] {
  const made = new Map<ExecNode, ExecNode>()
  const visit = (node: ExecNode): ExecNode => {
    const known = made.get(node)
    if (known) return known
    const inputs = node.inputs.map(visit)
    const isSame = inputs.every((input, i) => input === node.inputs[i])
    const ttl = EXPIRING.has(node.kind) && isKeyed(node) ? ttlOf(node, ttlMs) : undefined
    const result = ttl ? { ...node, inputs, ttl } : isSame ? node : { ...node, inputs }
    made.set(node, result)
    return result
  }
  return roots.map(root => visit(root) as SinkExec)
}

function ttlOf(node: ExecNode, ttlMs: number): ExecNode['ttl'] {
  const ms = node.inputs.map((_, i) => node.ttlHintMs?.[i] ?? ttlMs)
  return ms.some(m => m > 0) ? { ms, line: timeLineOf(node) } : undefined
}

/** State of a single key does not grow with the number of keys. */
function isKeyed(node: ExecNode): boolean {
  switch (node.kind) {
    case 'group-aggregate':
    case 'process':
      return node.groupKeys.length > 0
    case 'deduplicate':
    case 'rank':
    case 'over':
      return node.partition.length > 0
    default:
      return true
  }
}

/** Watermarks where they reach the node: a replay then forgets what the live run forgot. */
function timeLineOf(node: ExecNode): TimeLine {
  return node.inputs.length > 0 && node.inputs.every(hasWatermark) ? 'event' : 'processing'
}

/** Rows that are part of the program end at once, and hold nobody's watermark back. */
function hasWatermark(node: ExecNode): boolean {
  if (node.kind === 'watermark' || node.kind === 'values') return true
  if (node.kind === 'processing-clock') return false
  return node.inputs.length > 0 && node.inputs.every(hasWatermark)
}
