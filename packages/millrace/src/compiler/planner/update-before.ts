// Where -U is needed: an update's old row is made, and carried on, only for those who cannot do without.

import { isDeterministic } from '../../optimizer/expression-facts.ts'
import { columnsRead } from '../../plan/children.ts'
import type { ExecNode } from '../exec-node.ts'
import type { SinkExec } from '../nodes/changelog-exec.ts'
import type { JoinExec } from '../nodes/join-exec.ts'
import type { CalcExec } from '../nodes/row-exec.ts'

/** What each -U of these is followed by: a +U with the same key. */
const PAIRING: ReadonlySet<ExecNode['kind']> = new Set<ExecNode['kind']>([
  'group-aggregate',
  'deduplicate',
  'normalize',
  'materialize',
  'window-aggregate',
])

/** What passes changes on as they are. */
const PASSING: ReadonlySet<ExecNode['kind']> = new Set<ExecNode['kind']>([
  'watermark',
  'processing-clock',
])

/**
 * Whether each -U of a node is followed by a +U of the same key, which then says all. A filter may let one of the two pass without
 * the other, unless it reads nothing but a key; what joins do with an update depends on the other side.
 */
export function hasPairs(node: ExecNode): boolean {
  // By rank, one row may take the place of another.
  if (node.kind === 'rank') return !node.withRank || node.function === 'row_number'
  if (node.kind === 'over') return node.by === 'values'
  if (PAIRING.has(node.kind)) return true
  if (!PASSING.has(node.kind) && (node.kind !== 'calc' || !keepsPairs(node))) return false
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
    for (const [i, input] of node.inputs.entries()) visit(input, needsOfInput(node, i, isNeeded))
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

/** Whether a node needs the -U of an input, when those who read it do or do not need its own. */
function needsOfInput(node: ExecNode, index: number, isNeeded: boolean): boolean {
  const input = node.inputs[index] as ExecNode
  switch (node.kind) {
    case 'sink':
      return !node.dropsUpdateBefore
    case 'calc':
      return isNeeded || !keepsPairs(node)
    case 'watermark':
    case 'processing-clock':
      return isNeeded
    // It knows the row of each key.
    case 'normalize':
      return false
    // The next version ends the one before.
    case 'temporal-join':
      return index === 0
    // What is held until the end is found by its key.
    case 'finalize':
    case 'sort':
      return !isKeyed(input)
    case 'over':
      return node.by !== 'whole-result' || !isKeyed(input)
    case 'join':
      return !isKeyed(input) || !staysInBucket(node, index, input)
    default:
      return true
  }
}

/** Whether a +U alone tells which row it takes the place of. */
const isKeyed = (input: ExecNode): boolean => input.keys.length > 0 && hasPairs(input)

/** Whether a row and the one that takes its place meet the same rows: their join key is part of what tells them apart. */
function staysInBucket({ equi, join }: JoinExec, index: number, input: ExecNode): boolean {
  const key = input.keys[0] ?? []
  const mayPad = join !== 'inner' && join !== 'semi'
  return equi.every(pair => {
    const column = index === 0 ? pair.left : pair.right
    if (column.kind !== 'column' || !key.includes(column.index)) return false
    // Rows without a join key are padded at once, and not kept.
    return !mayPad || !column.type.nullable
  })
}

function withoutBefore(node: ExecNode): ExecNode {
  if (node.output !== 'retract') return node
  switch (node.kind) {
    case 'group-aggregate':
      return { ...node, output: 'upsert', emitsUpdateBefore: false }
    case 'deduplicate':
    case 'normalize':
    case 'rank':
    case 'window-aggregate':
      return { ...node, output: 'upsert' }
    case 'over':
      return node.by === 'values' ? { ...node, output: 'upsert' } : node
    case 'calc':
    case 'watermark':
    case 'processing-clock':
      return node.inputs[0]?.output === 'upsert' ? { ...node, output: 'upsert' } : node
    default:
      return node
  }
}
