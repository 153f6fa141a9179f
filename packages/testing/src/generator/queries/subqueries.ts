// Conditions and values that are queries themselves: IN, EXISTS, scalar sub-queries, correlated or not.

import { type QueryBuilder, type Reference, type Relation, references } from './query-builder.ts'
import { condition, scalar } from './scalar.ts'
import { type SqlText, sql } from './sql-text.ts'

/** A condition over `columns` that reads another table. */
export function subqueryCondition(builder: QueryBuilder, columns: readonly Reference[]): SqlText {
  const { choices } = builder
  const inner = choices.pick(builder.tables)
  const alias = builder.fresh('s')
  const others = references(inner, alias)
  const existence = (canBeEmpty: boolean) =>
    existenceOf(builder, columns, inner, alias, others, canBeEmpty)
  return builder.choose([
    () => existence(true),
    () => sql`${existence(true)} AND ${condition(builder, columns, 1)}`,
    // As a value, IN over nothing has no result in a stream: as in Flink, an aggregation of nothing gives no row.
    () => sql`(${existence(false)} OR ${condition(builder, columns, 0)})`,
    () => comparedValue(builder, columns, inner, alias, others),
  ])
}

function existenceOf(
  builder: QueryBuilder,
  columns: readonly Reference[],
  inner: Relation,
  alias: string,
  others: readonly Reference[],
  canBeEmpty: boolean,
): SqlText {
  const { choices } = builder
  const not = choices.pick(['', 'NOT '])
  const own = canBeEmpty && choices.oneIn(2) ? sql` WHERE ${condition(builder, others, 1)}` : sql``
  if (choices.oneIn(2)) {
    const { text, type } = scalar(builder, columns)
    const found = scalar(builder, others, type)
    return sql`${text} ${not}IN (SELECT ${found.text} FROM ${inner.source} AS ${alias}${own})`
  }
  const equal = equality(builder, columns, others)
  const more = choices.oneIn(2) ? sql` AND ${condition(builder, others, 1)}` : sql``
  return sql`${not}EXISTS (SELECT 1 FROM ${inner.source} AS ${alias} WHERE ${equal}${more})`
}

/** A column of either side, of one type. */
export function equality(
  builder: QueryBuilder,
  columns: readonly Reference[],
  others: readonly Reference[],
): SqlText {
  const pairs = columns.flatMap(a =>
    others.filter(b => a.type === b.type).map(b => [a, b] as const),
  )
  const pair = pairs.length > 0 ? builder.choices.pick(pairs) : undefined
  return pair ? sql`${pair[0].text} = ${pair[1].text}` : sql`1 = 1`
}

/** A comparison with one value: an aggregate, so that there is one row, over a table that is never empty. */
function comparedValue(
  builder: QueryBuilder,
  columns: readonly Reference[],
  inner: Relation,
  alias: string,
  others: readonly Reference[],
): SqlText {
  const { choices } = builder
  const numbers = others.filter(c => c.type === 'integer')
  const left = scalar(builder, columns, 'integer').text
  const name = choices.pick(['MAX', 'MIN', 'COUNT'])
  const value = scalar(builder, numbers, 'integer').text
  const own = choices.oneIn(2) ? sql` WHERE ${equality(builder, columns, others)}` : sql``
  const operator = choices.pick(['>', '<=', '=', '<>'])
  return sql`${left} ${operator} (SELECT ${name}(${value}) FROM ${inner.source} AS ${alias}${own})`
}
