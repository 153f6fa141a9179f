// Random scalar expressions and conditions over columns, whose meaning both dialects share.

import type { QueryBuilder, QueryType, Reference } from './query-builder.ts'
import { dialects, type SqlText, sql } from './sql-text.ts'

export interface Typed {
  readonly text: SqlText
  readonly type: QueryType
}

const STRINGS = ['a', 'b', 'c', 'é', '', 'zz']

/** A constant of a type. */
export function constant({ choices }: QueryBuilder, type: QueryType): SqlText {
  switch (type) {
    case 'integer':
      return sql`${choices.below(7) - 3}`
    case 'string':
      return sql`'${choices.pick(STRINGS)}'`
    case 'decimal':
      return sql`${choices.pick(['0.50', '1.25', '-2.00'])}`
    case 'double':
      return sql`CAST(${choices.pick(['0.5', '-1.25', '2'])} AS DOUBLE)`
    case 'boolean':
      return sql`${choices.pick(['TRUE', 'FALSE'])}`
    case 'time':
      return sql`TIMESTAMP '2024-03-01 12:00:0${choices.below(10)}'`
  }
}

/** An expression over the columns; `type`: of this type alone. */
export function scalar(
  builder: QueryBuilder,
  columns: readonly Reference[],
  type?: QueryType,
): Typed {
  const { choices } = builder
  const fitting = columns.filter(c => type === undefined || c.type === type)
  if (fitting.length === 0) {
    const made = type ?? 'integer'
    return { text: constant(builder, made), type: made }
  }
  const column = choices.pick(fitting)
  const plain: Typed = { text: sql`${column.text}`, type: column.type }
  return choices.below(3) === 2 ? computed(builder, columns, plain) : plain
}

function computed(builder: QueryBuilder, columns: readonly Reference[], plain: Typed): Typed {
  const { choices } = builder
  const { text, type } = plain
  const other = () => {
    const same = columns.filter(c => c.type === type)
    return same.length > 0 ? choices.pick(same).text : text
  }
  const all: readonly (() => SqlText)[] = [
    () => sql`COALESCE(${text}, ${constant(builder, type)})`,
    () => sql`NULLIF(${text}, ${constant(builder, type)})`,
    () => sql`CASE WHEN ${condition(builder, columns, 0)} THEN ${text} ELSE ${other()} END`,
  ]
  const own: Readonly<Partial<Record<QueryType, readonly (() => SqlText)[]>>> = {
    integer: [
      () => sql`(${text} + ${choices.below(3)})`,
      () => sql`(${text} - ${other()})`,
      () => sql`MOD(${text}, 3)`,
      () => sql`ABS(${text})`,
    ],
    string: [
      () => sql`(${text} || 'x')`,
      () => sql`UPPER(${text})`,
      () => sql`SUBSTRING(${text}, 1, 1)`,
    ],
    boolean: [() => sql`(NOT ${text})`, () => sql`(${text} IS TRUE)`],
  }
  // Of decimals and times only the plain values: their types would drift apart.
  if (type === 'time') return plain
  const ways = type === 'decimal' ? all.slice(2) : [...all, ...(own[type] ?? [])]
  return { text: builder.choose(ways), type }
}

/** A condition in three-valued logic. */
export function condition(
  builder: QueryBuilder,
  columns: readonly Reference[],
  depth = 2,
): SqlText {
  const simple = () => comparison(builder, columns)
  if (depth === 0) return simple()
  const inner = () => condition(builder, columns, depth - 1)
  return builder.choose([
    simple,
    simple,
    () => sql`(${inner()} AND ${inner()})`,
    () => sql`(${inner()} OR ${inner()})`,
    () => sql`NOT (${inner()})`,
  ])
}

const COMPARISONS = ['=', '<>', '<', '<=', '>', '>=']

function comparison(builder: QueryBuilder, columns: readonly Reference[]): SqlText {
  const { choices } = builder
  if (columns.length === 0) return sql`1 = 1`
  const { text, type } = choices.pick(columns)
  const same = columns.filter(c => c.type === type)
  const other = choices.pick(same).text
  return builder.choose([
    () => sql`${text} ${choices.pick(COMPARISONS)} ${constant(builder, type)}`,
    () => sql`${text} IS NULL`,
    () => sql`${text} IS NOT NULL`,
    () => sql`${text} ${choices.pick(COMPARISONS)} ${other}`,
    () => sql`${text} IS DISTINCT FROM ${other}`,
    () => sql`${text} IS NOT DISTINCT FROM ${constant(builder, type)}`,
    () => sql`${text} IN (${constant(builder, type)}, ${constant(builder, type)})`,
    () => sql`${text} NOT IN (${constant(builder, type)}, ${constant(builder, type)})`,
    () => sql`${text} BETWEEN ${constant(builder, type)} AND ${constant(builder, type)}`,
    () =>
      type === 'string'
        ? sql`${text} LIKE '${choices.pick(['a%', '%', '_'])}'`
        : sql`${text} = ${other}`,
    () =>
      type === 'boolean'
        ? sql`${text} IS ${choices.pick(['TRUE', 'NOT TRUE', 'NOT FALSE'])}`
        : sql`${text} <> ${other}`,
  ])
}

/** An order over all of these columns, so that rows that tie are equal. NULLs come first or last in both dialects alike. */
export function totalOrder(
  builder: QueryBuilder,
  columns: readonly Reference[],
): readonly SqlText[] {
  const { choices } = builder
  const first = choices.below(Math.max(1, columns.length))
  return [...columns.slice(first), ...columns.slice(0, first)].map(({ text }) =>
    choices.oneIn(2)
      ? dialects(`${text} DESC`, `${text} DESC NULLS LAST`)
      : dialects(`${text}`, `${text} ASC NULLS FIRST`),
  )
}
