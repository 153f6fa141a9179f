// Which columns tell the rows of a plan apart: declared by tables, made by grouping and ranking, kept or lost on the way up.
//
// A declared primary key is believed, as Flink does ("NOT ENFORCED"). A key without columns says: one row at most.

import type { Expression } from '../plan/expression.ts'
import type { JoinNode, PlanNode, TemporalJoinNode } from '../plan/node.ts'
import type { PlanVisitor } from '../plan/visit.ts'
import { visitNode } from '../plan/visit.ts'
import { equalColumns } from './joins/equal-columns.ts'

/** Sets of columns, each of which has a value in no two rows. */
export type UniqueKeys = readonly (readonly number[])[]

/** The unique keys of a node's rows, as far as they can be told. */
export function uniqueKeysOf(node: PlanNode): UniqueKeys {
  return visitNode(node, KEYS)
}

/** Whether no two rows of the node agree in all these columns. */
export function isUniqueBy(node: PlanNode, columns: readonly number[]): boolean {
  return uniqueKeysOf(node).some(key => key.every(i => columns.includes(i)))
}

const none = (): UniqueKeys => []
const ofInput = ({ input }: { readonly input: PlanNode }): UniqueKeys => uniqueKeysOf(input)

const KEYS: PlanVisitor<UniqueKeys> = {
  scan(node) {
    const key = node.table.primaryKey.map(i => node.columns.indexOf(i))
    return key.length === 0 || key.includes(-1) ? [] : [key]
  },
  values: node => (node.rows.length <= 1 ? [[]] : []),
  filter: ofInput,
  project: node =>
    uniqueKeysOf(node.input)
      .map(key => key.map(i => node.columns.findIndex(c => isColumn(c.expression, i))))
      .filter(key => !key.includes(-1)),
  watermark: ofInput,
  // Of a row that is in several windows their bounds tell it apart.
  window(node) {
    const isSingle = node.window.kind === 'tumble' || node.window.kind === 'session'
    const bounds = isSingle ? [] : [node.input.schema.length, node.input.schema.length + 1]
    return uniqueKeysOf(node.input).map(key => [...key, ...bounds])
  },
  'late-rows': none,
  aggregate: node => (node.groupingSets ? [] : [[...node.keys.keys()]]),
  join: joinKeys,
  'temporal-join': joinKeys,
  unnest: none,
  rank(node) {
    const key = node.partition.map(e => (e.kind === 'column' ? e.index : -1))
    if (node.function !== 'row_number' || key.includes(-1)) return uniqueKeysOf(node.input)
    const single = node.from === 1 && node.to === 1 ? [key] : []
    const numbered = node.withRank ? [[...key, node.schema.length - 1]] : []
    return [...single, ...numbered, ...uniqueKeysOf(node.input)]
  },
  over: ofInput,
  match: none,
  sort: node => (node.limit !== undefined && node.limit <= 1 ? [[]] : uniqueKeysOf(node.input)),
  union: none,
  'set-operation': node => (node.operation === 'except' ? uniqueKeysOf(node.left) : []),
  process: none,
  sink: none,
}

const isColumn = (e: Expression, index: number): boolean => e.kind === 'column' && e.index === index

/** One side's key stays a key when each of its rows meets one row of the other at most; else both sides' keys together are one. */
function joinKeys(node: JoinNode | TemporalJoinNode): UniqueKeys {
  const left = uniqueKeysOf(node.left)
  if (node.join === 'semi' || node.join === 'anti') return left
  const width = node.left.schema.length
  const right = uniqueKeysOf(node.right).map(key => key.map(i => i + width))
  const pairs = equalColumns(node.condition, width)
  const isMet = (keys: UniqueKeys, side: 'left' | 'right') =>
    keys.some(key => key.every(i => pairs.some(p => p[side] === (side === 'left' ? i : i - width))))
  const kept: (readonly number[])[] = []
  // A row that finds no partner has NULLs for one, which tell it apart from none other.
  if ((node.join === 'inner' || node.join === 'left') && isMet(right, 'right')) kept.push(...left)
  if ((node.join === 'inner' || node.join === 'right') && isMet(left, 'left')) kept.push(...right)
  if (kept.length > 0 || node.join !== 'inner') return kept
  return left.flatMap(l => right.map(r => [...l, ...r]))
}
