// Where -U is needed: an update's old row is made, and carried on, only for those who cannot do without.

import { isDeterministic } from '../../optimizer/expression-facts.ts'
import { columnsRead } from '../../plan/children.ts'
import type { CalcExec } from '../nodes/row-exec.ts'
import type { ExecNode } from '../exec-node.ts'
import type { SinkExec } from '../nodes/changelog-exec.ts'

/** What each -U of these is followed by: a +U with the same key. */
const PAIRING: ReadonlySet<ExecNode['kind']> = new Set<ExecNode['kind']>([
  'group-aggregate',
  'deduplicate',
  'normalize',
  'materialize',
  'window-aggregate',
])

/**
 * Whether each -U of a node is followed by a +U of the same key, which then says all. A filter may let one of the two pass without
 * the other, unless it reads nothing but a key; what joins do with an update depends on the other side.
 */
export function hasPairs(node: ExecNode): boolean {
  // By rank, one row may take the place of another.
  if (node.kind === 'rank') return !node.withRank || node.function === 'row_number'
  if (PAIRING.has(node.kind)) return true
  if (node.kind !== 'calc' || !keepsPairs(node)) return false
  const [input] = node.inputs
  return input !== undefined && hasPairs(input)
}

function keepsPairs({ condition, inputs }: CalcExec): boolean {
  if (!condition) return true
  const read = columnsRead(condition)
  return (
    isDeterministic(condition) &&
    (inputs[0]?.keys ?? []).some(key => read.every(i => key.includes(i)))
  )
}

/** The plan without -U where no one needs it. */
export function dropUpdateBefore(roots: readonly SinkExec[]): readonly SinkExec[] {
  const needed = new Set<ExecNode>()
  const seen = new Set<ExecNode>()
  // A node is looked at once all that read it have been, or again when one of these needs more.
  const visit = (node: ExecNode, isNeeded: boolean): void => {
    if (seen.has(node) && (!isNeeded || needed.has(node))) return
    seen.add(node)
    if (isNeeded) needed.add(node)
    for (const input of node.inputs) visit(input, needsOfInput(node, isNeeded))
  }
  for (const root of roots) visit(root, false)
  const made = new Map<ExecNode, ExecNode>()
  const rewrite = (node: ExecNode): ExecNode => {
    const known = made.get(node)
    if (known) return known
    const inputs = node.inputs.map(rewrite)
    const isSame = inputs.every((input, i) => input === node.inputs[i])
    const moved = isSame ? node : { ...node, inputs }
    const result = needed.has(node) ? moved : withoutBefore(moved)
    made.set(node, result)
    return result
  }
  return roots.map(root => rewrite(root) as SinkExec)
}

function needsOfInput(node: ExecNode, isNeeded: boolean): boolean {
  if (node.kind === 'sink') return !node.dropsUpdateBefore
  return node.kind === 'calc' ? isNeeded || !keepsPairs(node) : true
}

function withoutBefore(node: ExecNode): ExecNode {
  if (node.output !== 'retract') return node
  switch (node.kind) {
    case 'group-aggregate':
      return { ...node, output: 'upsert', emitsUpdateBefore: false }
    case 'deduplicate':
    case 'rank':
      return { ...node, output: 'upsert' }
    case 'calc':
      return node.inputs[0]?.output === 'upsert' ? { ...node, output: 'upsert' } : node
    default:
      return node
  }
}
