// What cannot have a row is not computed: empty VALUES in place of it, up to where a row may come from elsewhere.
//
//   filter FALSE, LIMIT 0 ─► empty;  inner join, filter, window, GROUP BY of empty ─► empty;  UNION ALL loses empty inputs;
//   an outer join whose other side is empty gives the rows with NULLs.
//
// Not folded: an aggregation without keys (of no rows it is one row), a user's process function (it may have effects). As in Flink,
// a table that is not read holds no watermark back.

import { createProject, createValues, columnAt, createUnion } from '../plan/create-node.ts'
import type { JoinNode, PlanNode, SinkNode, UnionNode, ValuesNode } from '../plan/node.ts'
import { transformPlan } from '../plan/transform.ts'
import { withNullable } from '../types/data-type.ts'
import type { Schema } from '../types/schema.ts'
import { formatSchema } from '../types/schema.ts'
import { conjunctsOf, isConstant } from './expression-facts.ts'

/** The statements with parts that have no rows replaced by empty VALUES. */
export function pruneEmpty(roots: readonly SinkNode[]): readonly SinkNode[] {
  const done = new Map<PlanNode, PlanNode>()
  return roots.map(root => transformPlan(root, prune, done) as SinkNode)
}

/** Without rows themselves when their input has none. */
const FOLLOWING: ReadonlySet<PlanNode['kind']> = new Set([
  'filter',
  'project',
  'watermark',
  'window',
  'late-rows',
  'unnest',
  'rank',
  'over',
  'match',
  'sort',
])

function prune(node: PlanNode): PlanNode {
  switch (node.kind) {
    case 'filter':
      if (keepsNone(node.condition)) return emptyOf(node)
      break
    case 'sort':
      if (node.limit === 0) return emptyOf(node)
      break
    case 'aggregate': {
      const sets = node.groupingSets ?? [node.keys]
      return isEmpty(node.input) && sets.every(set => set.length > 0) ? emptyOf(node) : node
    }
    case 'join':
      return pruneJoin(node)
    case 'temporal-join':
      return isEmpty(node.left) ? emptyOf(node) : node
    case 'set-operation': {
      const isNone = isEmpty(node.left) || (node.operation === 'intersect' && isEmpty(node.right))
      if (isNone) return emptyOf(node)
      return isEmpty(node.right) ? renamed(node.left, node.schema) : node
    }
    case 'union':
      return pruneUnion(node)
    default:
  }
  return FOLLOWING.has(node.kind) && 'input' in node && isEmpty(node.input) ? emptyOf(node) : node
}

const keepsNone = (condition: Parameters<typeof conjunctsOf>[0]): boolean =>
  conjunctsOf(condition).some(c => isConstant(c, false) || isConstant(c, null))

const isEmpty = (node: PlanNode): boolean => node.kind === 'values' && node.rows.length === 0

const emptyOf = ({ schema }: PlanNode): ValuesNode => createValues(schema, [])

function pruneUnion(node: UnionNode): PlanNode {
  const inputs = node.inputs.filter(i => !isEmpty(i))
  if (inputs.length === node.inputs.length) return node
  const [only] = inputs
  if (!only) return emptyOf(node)
  return inputs.length === 1
    ? renamed(only, node.schema)
    : { ...createUnion(inputs), schema: node.schema }
}

/** The rows under the names of another schema of the same types. */
function renamed(node: PlanNode, schema: Schema): PlanNode {
  if (formatSchema(node.schema) === formatSchema(schema)) return node
  return createProject(
    node,
    schema.map(({ name }, i) => ({ name, expression: columnAt(node, i) })),
  )
}

function pruneJoin(node: JoinNode): PlanNode {
  const { join, left, right } = node
  const [noLeft, noRight] = [isEmpty(left), isEmpty(right)]
  if (!noLeft && !noRight) return node
  const keepsLeft = join === 'left' || join === 'full' || join === 'anti'
  const keepsRight = join === 'right' || join === 'full'
  if (noLeft && (!keepsRight || noRight)) return emptyOf(node)
  if (noRight && !keepsLeft) return emptyOf(node)
  if (join === 'anti') return left
  return padded(node, noRight ? 'left' : 'right')
}

/** The rows of one side, NULLs in place of the other's columns. */
function padded(node: JoinNode, side: 'left' | 'right'): PlanNode {
  const width = node.left.schema.length
  const kept = node[side]
  const columns = node.schema.map(({ name, type }, i) => {
    const isKept = i < width === (side === 'left')
    const index = i < width ? i : i - width
    return {
      name,
      expression: isKept
        ? columnAt(kept, index)
        : ({ kind: 'literal', type: withNullable(type, true), value: null } as const),
    }
  })
  return createProject(kept, columns)
}
