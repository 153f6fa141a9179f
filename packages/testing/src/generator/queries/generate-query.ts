// Random queries of one to four operators over random tables, each as Millrace reads it and as DuckDB does.

import type { Choices } from '../choices.ts'
import { aggregateCall } from './aggregates.ts'
import { combined, intervalJoined, joined, type JoinShape, temporalJoined } from './join-shapes.ts'
import { QueryBuilder, type Relation, references, type View } from './query-builder.ts'
import type { QueryTable } from './query-rows.ts'
import { totalOrder } from './scalar.ts'
import {
  deduplicated,
  distinct,
  filtered,
  grouped,
  groupedInSets,
  named,
  over,
  type Shape,
  top,
  unnested,
} from './select-shapes.ts'
import { joinTexts, type SqlText, sql } from './sql-text.ts'
import { windowed, windowJoined, windowTop } from './window-shapes.ts'

export interface GeneratedQuery {
  /** What the query names, in the order of their definition. */
  readonly views: readonly View[]
  readonly query: SqlText
}

const SHAPES: readonly Shape[] = [
  filtered,
  grouped,
  grouped,
  distinct,
  top,
  groupedInSets,
  deduplicated,
  over,
  windowed,
  windowTop,
  unnested,
]
const JOINS: readonly JoinShape[] = [
  joined,
  joined,
  combined,
  intervalJoined,
  windowJoined,
  temporalJoined,
]

/** A query over the tables that has the same answer in streaming and batch mode. */
export function generateQuery(choices: Choices, tables: readonly QueryTable[]): GeneratedQuery {
  const relations = tables.map(
    ({ name, columns, hasUniqueTimes, isInOrder, changes }): Relation => ({
      source: sql`${name}`,
      name,
      columns,
      ...(changes ? {} : { time: 'ts', hasUniqueTimes, isInOrder }),
    }),
  )
  const builder = new QueryBuilder(choices, relations)
  if (choices.oneIn(20)) return { views: [], query: overall(builder) }
  const relation = relationOf(builder, 1 + choices.below(3))
  const list = relation.columns.map(c => c.name).join(', ')
  const query = sql`SELECT ${list} FROM ${relation.source} AS r${limit(builder, relation)}`
  return { views: builder.views, query }
}

function relationOf(builder: QueryBuilder, depth: number): Relation {
  const { choices, tables } = builder
  if (depth === 0) return choices.pick(tables)
  if (choices.oneIn(3)) {
    const sides = [
      relationOf(builder, depth - 1),
      relationOf(builder, choices.below(depth)),
    ] as const
    const [left, right] = choices.oneIn(2) ? sides : ([sides[1], sides[0]] as const)
    return choices.pick(JOINS)(builder, left, right)
  }
  return choices.pick(SHAPES)(builder, relationOf(builder, depth - 1))
}

/** Aggregates without GROUP BY, over a table that is not empty: over nothing a stream has no row. */
function overall(builder: QueryBuilder): SqlText {
  const { choices } = builder
  const input = choices.pick(builder.tables)
  const columns = references(input, 'a')
  const calls = Array.from({ length: 1 + choices.below(3) }, () => aggregateCall(builder, columns))
  return sql`SELECT ${named(builder, calls).list} FROM ${input.source} AS a`
}

function limit(builder: QueryBuilder, relation: Relation): SqlText {
  const { choices } = builder
  if (!choices.oneIn(8)) return sql``
  const order = joinTexts(totalOrder(builder, references(relation, 'r')))
  const offset = choices.oneIn(3) ? ` OFFSET ${1 + choices.below(3)}` : ''
  return sql` ORDER BY ${order} LIMIT ${1 + choices.below(6)}${offset}`
}
