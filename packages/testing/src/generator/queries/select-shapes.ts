// Random queries over one relation: filters, projections, groups, DISTINCT, OVER, Top-N.

import { aggregateCall } from './aggregates.ts'
import {
  type QueryBuilder,
  type QueryColumn,
  type Reference,
  type Relation,
  references,
} from './query-builder.ts'
import { condition, scalar, totalOrder, type Typed } from './scalar.ts'
import { dialects, joinTexts, type SqlText, sql } from './sql-text.ts'
import { subqueryCondition } from './subqueries.ts'

/** Makes a relation of an input. */
export type Shape = (builder: QueryBuilder, input: Relation) => Relation

/** Items of a SELECT list under new names. */
export function named(
  builder: QueryBuilder,
  items: readonly Typed[],
): { readonly list: SqlText; readonly columns: readonly QueryColumn[] } {
  const columns = items.map(({ type }) => ({ name: builder.fresh('c'), type }))
  const list = joinTexts(items.map(({ text }, i) => sql`${text} AS ${columns[i]?.name ?? ''}`))
  return { list, columns }
}

export const plainly = ({ text, type }: Reference): Typed => ({ text: sql`${text}`, type })

/** Columns that are compared with a NULL more often than not would leave nothing: conditions come in a third of queries. */
export function where(builder: QueryBuilder, columns: readonly Reference[]): SqlText {
  return builder.choices.oneIn(3) ? sql` WHERE ${condition(builder, columns)}` : sql``
}

/** WHERE and other columns; an input of events stays one, with its time. */
export const filtered: Shape = (builder, input) => {
  const { choices } = builder
  const columns = references(input, 'a')
  const readsOthers = choices.oneIn(3)
  const kept = readsOthers ? subqueryCondition(builder, columns) : condition(builder, columns)
  const time = readsOthers ? undefined : input.time
  const items = [
    ...choices.some(columns, 1).map(plainly),
    ...Array.from({ length: choices.below(3) }, () => scalar(builder, columns)),
  ].filter(item => item.text.duck !== `a.${time}`)
  const { list, columns: own } = named(builder, items)
  const timed: readonly QueryColumn[] = time === undefined ? [] : [{ name: time, type: 'time' }]
  const all = joinTexts([...(items.length > 0 ? [list] : []), ...timed.map(t => sql`a.${t.name}`)])
  const query = sql`SELECT ${all} FROM ${input.source} AS a WHERE ${kept}`
  const { hasUniqueTimes = false, isInOrder = false } = input
  const visible = [...own, ...timed]
  return builder.relation(query, { columns: visible, time, hasUniqueTimes, isInOrder })
}

export const distinct: Shape = (builder, input) => {
  const columns = references(input, 'a')
  const items = builder.choices.some(columns, 1).slice(0, 3).map(plainly)
  const { list, columns: kept } = named(builder, items)
  return builder.relation(
    sql`SELECT DISTINCT ${list} FROM ${input.source} AS a${where(builder, columns)}`,
    { columns: kept },
  )
}

/** GROUP BY some expressions, with HAVING. */
export const grouped: Shape = (builder, input) => {
  const { choices } = builder
  const columns = references(input, 'a')
  const keys = Array.from({ length: 1 + choices.below(2) }, () => scalar(builder, columns))
  const unique = [...new Map(keys.map(k => [k.text.duck, k])).values()].filter(isVariable)
  if (unique.length === 0) return distinct(builder, input)
  const calls = Array.from({ length: 1 + choices.below(3) }, () => aggregateCall(builder, columns))
  const { list, columns: kept } = named(builder, [...unique, ...calls])
  const having = choices.oneIn(4) ? sql` HAVING ${havingCondition(builder, columns)}` : sql``
  return builder.relation(
    sql`SELECT ${list} FROM ${input.source} AS a${where(builder, columns)} GROUP BY ${joinTexts(unique.map(k => k.text))}${having}`,
    { columns: kept },
  )
}

/** A constant in GROUP BY would be the number of a column for DuckDB. */
const isVariable = ({ text }: Typed): boolean => text.duck.includes('a.')

function havingCondition(builder: QueryBuilder, columns: readonly Reference[]): SqlText {
  const { text, type } = aggregateCall(builder, columns)
  return type === 'integer' ? sql`${text} > ${builder.choices.below(3)}` : sql`${text} IS NOT NULL`
}

/** GROUPING SETS, ROLLUP, CUBE. */
export const groupedInSets: Shape = (builder, input) => {
  const { choices } = builder
  const columns = references(input, 'a')
  const keys = choices.some(columns, 1).slice(0, 3)
  const texts = keys.map(k => k.text)
  const sets = builder.choose([
    () => `ROLLUP (${texts.join(', ')})`,
    () => `CUBE (${texts.join(', ')})`,
    () =>
      `GROUPING SETS ((${texts.join(', ')})${texts.length > 1 ? `, (${texts[0]})` : ''}${choices.oneIn(2) ? ', ()' : ''})`,
  ])
  const calls = Array.from({ length: 1 + choices.below(2) }, () => aggregateCall(builder, columns))
  const grouping: readonly Typed[] = choices.oneIn(2)
    ? [{ text: sql`GROUPING(${texts[0] ?? ''})`, type: 'integer' }]
    : []
  const { list, columns: kept } = named(builder, [...keys.map(plainly), ...calls, ...grouping])
  // Over nothing Flink has no row, not even for the empty set.
  const having = dialects('', ' HAVING COUNT(*) > 0')
  return builder.relation(
    sql`SELECT ${list} FROM ${input.source} AS a${where(builder, columns)} GROUP BY ${sets}${having}`,
    { columns: kept },
  )
}

/** The best few of each partition. */
export const top: Shape = (builder, input) => {
  const { choices } = builder
  const columns = references(input, 'a')
  const partition = choices.some(columns).slice(0, 2)
  const by = partition.length > 0 ? `PARTITION BY ${partition.map(p => p.text).join(', ')} ` : ''
  const fn = choices.pick(['ROW_NUMBER', 'RANK', 'DENSE_RANK'])
  const order = joinTexts(totalOrder(builder, columns))
  const number = builder.fresh('rn')
  const from = 1 + choices.below(2)
  const to = from + choices.below(3)
  const bound = from === 1 ? `${number} <= ${to}` : `${number} BETWEEN ${from} AND ${to}`
  const shown = choices.oneIn(2) ? [{ name: number, type: 'integer' as const }] : []
  const kept = [...input.columns, ...shown]
  const list = kept.map(c => c.name).join(', ')
  return builder.relation(
    sql`SELECT ${list} FROM (SELECT *, ${fn}() OVER (${by}ORDER BY ${order}) AS ${number} FROM ${input.source} AS a) AS b WHERE ${bound}`,
    { columns: kept },
  )
}

/** The first or last row of each key by event time: an upsert stream, keyed by it. */
export const deduplicated: Shape = (builder, input) => {
  if (input.time === undefined || !input.hasUniqueTimes) return top(builder, input)
  const { choices } = builder
  const keys = choices
    .some(
      input.columns.filter(c => c.name !== input.time),
      1,
    )
    .slice(0, 2)
  const order = choices.oneIn(2) ? `${input.time} ASC` : `${input.time} DESC`
  const number = builder.fresh('rn')
  const list = input.columns.map(c => c.name).join(', ')
  return builder.relation(
    sql`SELECT ${list} FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY ${keys.map(k => k.name).join(', ')} ORDER BY ${order}) AS ${number} FROM ${input.source} AS a) AS b WHERE ${number} = 1`,
    { columns: input.columns },
  )
}

/** Aggregates over frames: by event time in streams, by any column in batch mode or where all rows before count. */
export const over: Shape = (builder, input) => {
  const { choices } = builder
  const columns = references(input, 'a')
  // What was an event time orders inserted rows only.
  if (columns.every(c => c.type === 'time')) return top(builder, input)
  const partition = choices.some(columns).slice(0, 1)
  const by = partition.length > 0 ? `PARTITION BY ${partition.map(p => p.text).join(', ')} ` : ''
  const { order, frame } = overOrder(builder, input)
  const call = aggregateCall(builder, columns, { isPlain: true })
  const text = overCall(call.text, sql`${by}ORDER BY ${order}${frame}`)
  const items = [...choices.some(columns, 1).map(plainly), { text, type: call.type }]
  const { list, columns: kept } = named(builder, items)
  return builder.relation(sql`SELECT ${list} FROM ${input.source} AS a`, { columns: kept })
}

/** The window stands behind the call itself, within what a dialect puts around it. */
function overCall(call: SqlText, window: SqlText): SqlText {
  const truncated = /^CAST\(TRUNC\((.*)\) AS BIGINT\)$/s.exec(call.duck)
  const duck = truncated
    ? `CAST(TRUNC(${truncated[1]} OVER (${window.duck})) AS BIGINT)`
    : `${call.duck} OVER (${window.duck})`
  return { flink: `${call.flink} OVER (${window.flink})`, duck }
}

function overOrder(
  builder: QueryBuilder,
  input: Relation,
): { readonly order: SqlText; readonly frame: SqlText } {
  const { choices } = builder
  const { time } = input
  if (time === undefined) {
    const others = references(input, 'a').filter(c => c.type !== 'time')
    const { text } = choices.pick(others)
    return { order: dialects(text, `${text} ASC NULLS FIRST`), frame: sql`` }
  }
  const rows = choices.below(3)
  const seconds = choices.pick([1, 3, 10])
  const frames = [
    sql``,
    sql` RANGE BETWEEN INTERVAL '${seconds}' SECOND PRECEDING AND CURRENT ROW`,
    ...(input.hasUniqueTimes
      ? [
          sql` ROWS BETWEEN ${rows} PRECEDING AND CURRENT ROW`,
          sql` ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW`,
        ]
      : []),
  ]
  return { order: sql`a.${time}`, frame: choices.pick(frames) }
}

/** A row for each element of an array. */
export const unnested: Shape = (builder, input) => {
  const { choices } = builder
  const columns = references(input, 'a')
  const { type } = choices.pick(columns)
  const elements = Array.from(
    { length: 1 + choices.below(3) },
    () => choices.pick(columns.filter(c => c.type === type)).text,
  ).join(', ')
  const array = dialects(`UNNEST(ARRAY[${elements}])`, `UNNEST([${elements}])`)
  const element = builder.fresh('e')
  const items = [...choices.some(columns, 1).map(plainly), { text: sql`u.${element}`, type }]
  const { list, columns: kept } = named(builder, items)
  return builder.relation(
    sql`SELECT ${list} FROM ${input.source} AS a CROSS JOIN ${array} AS u(${element})`,
    { columns: kept },
  )
}
