// Random aggregate calls whose results do not depend on the order of rows, and have one meaning in both dialects.

import type { QueryBuilder, QueryType, Reference } from './query-builder.ts'
import { condition, scalar, type Typed } from './scalar.ts'
import { dialects, type SqlText, sql } from './sql-text.ts'

export interface AggregateOptions {
  /** No FILTER and no DISTINCT: window frames do not take them. */
  readonly isPlain?: boolean
}

/** An aggregate over the rows of a group. */
export function aggregateCall(
  builder: QueryBuilder,
  columns: readonly Reference[],
  { isPlain = false }: AggregateOptions = {},
): Typed {
  const { choices } = builder
  const filter =
    !isPlain && choices.oneIn(4) ? sql` FILTER (WHERE ${condition(builder, columns, 1)})` : sql``
  if (columns.length === 0 || choices.oneIn(4))
    return { text: sql`COUNT(*)${filter}`, type: 'integer' }
  const isDistinct = !isPlain && choices.oneIn(3)
  if (isDistinct && choices.oneIn(3))
    return { text: countDistinct(builder, columns, filter), type: 'integer' }
  const distinct = isDistinct ? 'DISTINCT ' : ''
  const { text, type } = scalar(builder, columns)
  const call = (name: string) => sql`${name}(${distinct}${text})${filter}`
  const ways: (() => Typed)[] = [() => ({ text: call('COUNT'), type: 'integer' })]
  if (type !== 'boolean')
    ways.push(
      () => ({ text: call('MIN'), type }),
      () => ({ text: call('MAX'), type }),
    )
  if (SUMMABLE.includes(type)) ways.push(() => ({ text: call('SUM'), type }))
  if (type === 'integer')
    ways.push(() => ({ text: integerAverage(sql`${distinct}${text}`, filter), type }))
  return builder.choose(ways)
}

const SUMMABLE: readonly QueryType[] = ['integer', 'decimal', 'double']

/** The average of integers is an integer, truncated. */
function integerAverage(argument: SqlText, filter: SqlText): SqlText {
  const { flink } = sql`AVG(${argument})${filter}`
  const { duck } = sql`CAST(TRUNC(AVG(${argument})${filter}) AS BIGINT)`
  return { flink, duck }
}

function countDistinct(
  builder: QueryBuilder,
  columns: readonly Reference[],
  filter: SqlText,
): SqlText {
  const [a, b] = [builder.choices.pick(columns).text, builder.choices.pick(columns).text]
  if (a === b) return sql`COUNT(DISTINCT ${a})${filter}`
  const both = `CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN ROW(${a}, ${b}) END`
  return dialects(
    `COUNT(DISTINCT ${a}, ${b})${filter.flink}`,
    `COUNT(DISTINCT ${both})${filter.duck}`,
  )
}
