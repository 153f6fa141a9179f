// Random queries over two relations: joins of all kinds, interval joins, set operations.

import { aggregateCall } from './aggregates.ts'
import {
  type QueryBuilder,
  type QueryColumn,
  type Reference,
  type Relation,
  references,
} from './query-builder.ts'
import { condition } from './scalar.ts'
import { named, plainly, where } from './select-shapes.ts'
import { dialects, joinTexts, type SqlText, sql } from './sql-text.ts'
import { equality } from './subqueries.ts'

export type JoinShape = (builder: QueryBuilder, left: Relation, right: Relation) => Relation

const KINDS = ['JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN']

/** An equality, perhaps with what is no equality beside it; perhaps aggregated at once. */
export const joined: JoinShape = (builder, left, right) => {
  const { choices } = builder
  const [lefts, rights] = [references(left, 'a'), references(right, 'b')]
  const both = [...lefts, ...rights]
  const parts = [equality(builder, lefts, rights)]
  if (choices.oneIn(4)) parts.push(equality(builder, lefts, rights))
  if (choices.oneIn(3)) parts.push(nonEquality(builder, lefts, rights))
  if (choices.oneIn(4)) parts.push(condition(builder, choices.pick([lefts, rights]), 1))
  const from = sql`${left.source} AS a ${choices.pick(KINDS)} ${right.source} AS b ON ${joinTexts(parts, ' AND ')}`
  if (choices.oneIn(3)) return aggregated(builder, from, both)
  const { list, columns } = named(builder, choices.some(both, 1).map(plainly))
  return builder.relation(sql`SELECT ${list} FROM ${from}${where(builder, both)}`, { columns })
}

function aggregated(builder: QueryBuilder, from: SqlText, columns: readonly Reference[]): Relation {
  const { choices } = builder
  const keys = choices.some(columns, 1).slice(0, 2)
  const calls = Array.from({ length: 1 + choices.below(2) }, () => aggregateCall(builder, columns))
  const { list, columns: kept } = named(builder, [...keys.map(plainly), ...calls])
  return builder.relation(
    sql`SELECT ${list} FROM ${from}${where(builder, columns)} GROUP BY ${keys.map(k => k.text).join(', ')}`,
    { columns: kept },
  )
}

function nonEquality(
  builder: QueryBuilder,
  lefts: readonly Reference[],
  rights: readonly Reference[],
): SqlText {
  const { choices } = builder
  const pairs = lefts.flatMap(a =>
    rights.filter(b => a.type === b.type && a.type !== 'boolean').map(b => [a, b] as const),
  )
  if (pairs.length === 0) return sql`1 = 1`
  const [a, b] = choices.pick(pairs)
  return sql`${a.text} ${choices.pick(['<', '<>', '>=', 'IS DISTINCT FROM'])} ${b.text}`
}

/** Rows within a time of each other; an inner one gives events again. */
export const intervalJoined: JoinShape = (builder, left, right) => {
  if (left.time === undefined || right.time === undefined) return joined(builder, left, right)
  const { choices } = builder
  const [lefts, rights] = [references(left, 'a'), references(right, 'b')]
  const keys = (from: readonly Reference[]) => from.filter(c => c.type !== 'time')
  const before = choices.pick([0, 1, 4])
  const after = choices.pick([0, 1, 4])
  const time = `a.${left.time} BETWEEN b.${right.time} - INTERVAL '${before}' SECOND AND b.${right.time} + INTERVAL '${after}' SECOND`
  const more = choices.oneIn(3)
    ? sql` AND ${nonEquality(builder, keys(lefts), keys(rights))}`
    : sql``
  const kind = choices.pick(KINDS)
  const kept = [...choices.some(keys(lefts), 1), ...choices.some(keys(rights))].map(plainly)
  const { list, columns } = named(builder, kept)
  const on = sql`${equality(builder, keys(lefts), keys(rights))} AND ${time}${more}`
  const from = sql`${left.source} AS a ${kind} ${right.source} AS b ON ${on}`
  if (kind !== 'JOIN') return builder.relation(sql`SELECT ${list} FROM ${from}`, { columns })
  const at = builder.fresh('t')
  return builder.view(sql`SELECT ${list}, a.${left.time} AS ${at} FROM ${from}`, {
    columns: [...columns, { name: at, type: 'time' }],
    time: at,
  })
}

/** UNION, INTERSECT, EXCEPT, with and without ALL, over as many columns of either side as share their types. */
export const combined: JoinShape = (builder, left, right) => {
  const { choices } = builder
  const pairs = pairUp(references(left, 'a'), references(right, 'b')).slice(0, 1 + choices.below(3))
  if (pairs.length === 0) return joined(builder, left, right)
  const columns: readonly QueryColumn[] = pairs.map(([{ type }]) => ({
    name: builder.fresh('c'),
    type,
  }))
  const side = (of: Relation, alias: string, i: 0 | 1) => {
    const list = pairs.map((p, at) => `${p[i].text} AS ${columns[at]?.name}`).join(', ')
    return sql`SELECT ${list} FROM ${of.source} AS ${alias}${where(builder, references(of, alias))}`
  }
  const operator = choices.pick([
    'UNION ALL',
    'UNION',
    'INTERSECT',
    'EXCEPT',
    'INTERSECT ALL',
    'EXCEPT ALL',
  ])
  return builder.relation(sql`${side(left, 'a', 0)} ${operator} ${side(right, 'b', 1)}`, {
    columns,
  })
}

function pairUp(
  lefts: readonly Reference[],
  rights: readonly Reference[],
): readonly (readonly [Reference, Reference])[] {
  const free = [...rights]
  return lefts.flatMap(left => {
    const at = free.findIndex(r => r.type === left.type)
    return at < 0
      ? []
      : [[left, ...free.splice(at, 1)] as unknown as readonly [Reference, Reference]]
  })
}

/** Each row with the version of the other side that was valid at its time: the last one of a key until then. */
export const temporalJoined: JoinShape = (builder, left, right) => {
  // A version that comes behind a later one of its key is never shown.
  const isVersioned = right.hasUniqueTimes && right.isInOrder
  if (left.time === undefined || right.time === undefined || !isVersioned)
    return joined(builder, left, right)
  const { choices } = builder
  const keys = (from: readonly Reference[]) => from.filter(c => c.type !== 'time')
  const [lefts, rights] = [keys(references(left, 'a')), keys(references(right, 'b'))]
  // Of integers there are two types, and a key must be compared as it is.
  const pairs = lefts.flatMap(a =>
    rights.filter(b => a.type === b.type && a.type !== 'integer').map(b => [a, b] as const),
  )
  if (pairs.length === 0) return joined(builder, left, right)
  const [key, other] = choices.pick(pairs)
  const versionKey = other.text.slice(2)
  const visible = right.columns.map(c => c.name).join(', ')
  const versions = builder.view(
    sql`SELECT ${visible} FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY ${versionKey} ORDER BY ${right.time} DESC) AS version FROM ${right.source}) WHERE version = 1`,
    { columns: right.columns },
  )
  const kind = choices.pick(['JOIN', 'LEFT JOIN'])
  const { list, columns } = named(builder, [
    ...choices.some(lefts, 1).map(plainly),
    ...choices.some(rights, 1).map(plainly),
  ])
  const valid = `SELECT * FROM ${right.source.duck} AS r WHERE r.${versionKey} = ${key.text} AND r.${right.time} <= a.${left.time} ORDER BY r.${right.time} DESC LIMIT 1`
  return builder.relation(
    dialects(
      `SELECT ${list.flink} FROM ${left.source.flink} AS a ${kind} ${versions.source.flink} FOR SYSTEM_TIME AS OF a.${left.time} AS b ON ${key.text} = ${other.text}`,
      `SELECT ${list.duck} FROM ${left.source.duck} AS a ${kind} LATERAL (${valid}) AS b ON TRUE`,
    ),
    { columns },
  )
}
