// Filters where they mean most: bounds of a rank, conditions between the tables of a comma join, else a filter node.

import { createLogical } from '../create-expression.ts'
import { createFilter, createJoin, createProject, createRank } from '../create-node.ts'
import { columnsRead } from '../children.ts'
import type { Expression } from '../expression.ts'
import type { PlanNode, PlanNodeOf } from '../node.ts'

/** Keeps the rows for which all conditions are TRUE. */
export function applyFilter(input: PlanNode, conditions: readonly Expression[]): PlanNode {
  const joined = joinOn(input, conditions)
  const ranked = boundRank(joined.plan, joined.rest)
  return ranked.rest.length === 0
    ? ranked.plan
    : createFilter(ranked.plan, createLogical('and', ranked.rest))
}

interface Applied {
  readonly plan: PlanNode
  readonly rest: readonly Expression[]
}

/** `FROM a, b WHERE a.x = b.y`: what reads both sides of a cross join becomes its condition. */
function joinOn(input: PlanNode, conditions: readonly Expression[]): Applied {
  if (input.kind !== 'join' || input.join !== 'inner' || !isTrue(input.condition))
    return { plan: input, rest: conditions }
  const width = input.left.schema.length
  const within = (e: Expression) => {
    const columns = columnsRead(e)
    return columns.length > 0 && columns.every(i => i < width)
  }
  const spans = (e: Expression) => {
    const columns = columnsRead(e)
    return columns.some(i => i < width) && columns.some(i => i >= width)
  }
  const left = joinOn(input.left, conditions.filter(within))
  const both = conditions.filter(spans)
  if (left.plan === input.left && both.length === 0) return { plan: input, rest: conditions }
  const condition = both.length > 0 ? createLogical('and', both) : input.condition
  return {
    plan: createJoin('inner', left.plan, input.right, condition),
    rest: [...left.rest, ...conditions.filter(e => !within(e) && !spans(e))],
  }
}

const isTrue = (e: Expression): boolean => e.kind === 'literal' && e.value === true

/** Top-N and deduplication: bounds on the column of a ROW_NUMBER below become those of its rank. */
function boundRank(input: PlanNode, conditions: readonly Expression[]): Applied {
  const unchanged = { plan: input, rest: conditions }
  const found = findRank(input)
  if (!found) return unchanged
  let { from, to } = found.rank
  const rest: Expression[] = []
  for (const condition of conditions) {
    const bounds = boundsOf(condition, found.column)
    if (!bounds) rest.push(condition)
    else {
      from = Math.max(from, bounds.from)
      to = Math.min(to, bounds.to)
    }
  }
  if (!Number.isFinite(to) || to < from) return unchanged
  return { plan: found.rebuild(from, to), rest }
}

interface FoundRank {
  readonly rank: PlanNodeOf<'rank'>
  /** Where the rank is among the columns of the node that was looked at. */
  readonly column: number
  readonly rebuild: (from: number, to: number) => PlanNode
}

/** The unbounded rank whose column a node passes on, looking through projections. */
function findRank(node: PlanNode): FoundRank | undefined {
  if (node.kind === 'rank' && node.withRank && !Number.isFinite(node.to)) {
    const column = node.schema.length - 1
    const name = node.schema[column]?.name
    return {
      rank: node,
      column,
      rebuild: (from, to) => createRank({ ...ranked(node), from, to }, name),
    }
  }
  if (node.kind !== 'project') return undefined
  const below = findRank(node.input)
  if (!below) return undefined
  const column = node.columns.findIndex(
    c => c.expression.kind === 'column' && c.expression.index === below.column,
  )
  if (column < 0) return undefined
  return {
    rank: below.rank,
    column,
    rebuild: (from, to) => createProject(below.rebuild(from, to), node.columns),
  }
}

function ranked(node: PlanNodeOf<'rank'>) {
  const { input, partition, order, from, to } = node
  return { input, function: node.function, partition, order, from, to }
}

interface Bounds {
  readonly from: number
  readonly to: number
}

const MIRRORED: Readonly<Record<string, string>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '=': '=',
}

function boundsOf(condition: Expression, column: number): Bounds | undefined {
  if (condition.kind !== 'call') return undefined
  const [a, b, c] = condition.args
  const isRank = (e: Expression | undefined) => e?.kind === 'column' && e.index === column
  if (condition.name === 'BETWEEN' && isRank(a)) {
    const [from, to] = [integerOf(b), integerOf(c)]
    return from === undefined || to === undefined ? undefined : { from, to }
  }
  if (isRank(a)) return comparison(condition.name, integerOf(b))
  return isRank(b) ? comparison(MIRRORED[condition.name], integerOf(a)) : undefined
}

function comparison(operator: string | undefined, value: number | undefined): Bounds | undefined {
  if (value === undefined) return undefined
  switch (operator) {
    case '=':
      return { from: value, to: value }
    case '<=':
      return { from: 1, to: value }
    case '<':
      return { from: 1, to: value - 1 }
    case '>=':
      return { from: value, to: Number.POSITIVE_INFINITY }
    case '>':
      return { from: value + 1, to: Number.POSITIVE_INFINITY }
    default:
      return undefined
  }
}

function integerOf(e: Expression | undefined): number | undefined {
  return e?.kind === 'literal' && Number.isSafeInteger(e.value) && e.type.kind !== 'decimal'
    ? (e.value as number)
    : undefined
}
